/** What the parts of an exploration hold, and what of it is not walked, so that nobody takes it for more. */
export const narrowing: readonly { readonly title: string; readonly lines: readonly string[] }[] = [
  {
    title: "held by the parts",
    lines: [
      "one order, and two that share a unit of stock or an orderId",
      "each kind of fault at each call, try, delivery and record: two for one order, one for two; a refusal is one",
      "one delivery that comes twice, alone or, for one order, with a fault",
      "any order in which invocations go on, call by call; an outage ends at any try that it would strike",
    ],
  },
  {
    title: "held by the parts of a variant beside the pair",
    lines: [
      "one order with one fault, refused or not; one order, and two, with one delivery that comes twice",
      "where no rule delivers: an Express execution that is started twice; the chain's calls of each other, struck",
      "what the variant declares for what struck: another end, or the sweeper's work, and nothing else",
    ],
  },
  {
    title: "pruned, since another run comes to the same",
    lines: [
      "states that were seen, but for ids, times of day, words of errors and counts that nothing asks again",
      "calls that touch no item in common, of which one writes: one order of the two is enough",
      "of two invocations that go on alike, the second that could be next",
      "late writes whose condition can hold no more, and kinds of fault that do the same at a call as another",
    ],
  },
  {
    title: "left out",
    lines: [
      "a fault and an extra delivery in one run: invocations that interrupt each other between two calls",
      "two orders of which one's Express execution is started twice: the same",
      "an outage that ends after the same was tried in vain more than twice, and nothing else came meanwhile",
      "faults of Lambda's own queue, SDK retries used up over several calls, the age of an event never throttled",
      "a third fault, a second duplicate, a third order: --schedules draws them",
      "who only listens, such as the hybrid's listeners: nothing strikes them, and what they do comes at once",
    ],
  },
];
