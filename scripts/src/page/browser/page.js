// The cursor of the pairs: one row of the picture for all sides. What it shows stands in the page's data.

/** @type {HTMLDetailsElement[]} */
const pairs = [...document.querySelectorAll("details.pair")];
const { words, pairs: told } = JSON.parse(document.getElementById("moments")?.textContent ?? "{}");

for (const pair of pairs) {
  const range = rangeOf(pair);
  range.parentElement.hidden = false;
  range.addEventListener("input", () => {
    show(pair, Number(range.value));
    history.replaceState(null, "", `#${pair.id}:${range.value}`);
  });
  const picture = pair.querySelector(".picture");
  picture.addEventListener("click", ({ clientY }) => {
    const y = clientY - picture.getBoundingClientRect().top;
    range.value = String(Math.max(0, Math.floor((y - headOf(pair)) / rowHeight(pair))));
    range.dispatchEvent(new Event("input"));
    range.focus();
  });
  pair.querySelector(".words").addEventListener("toggle", () => tellIn(pair), { once: true });
}

function rangeOf(pair) {
  return pair.querySelector(".cursor input");
}
function headOf(pair) {
  return Number(pair.querySelector(".picture").dataset.head);
}
function rowHeight(pair) {
  return Number(pair.querySelector(".now").getAttribute("height"));
}
/** The moments of a side that are over when the cursor stands in a row. */
function past(side, row) {
  return side.filter(([own]) => own <= row);
}

function show(pair, row) {
  const { steps, sides } = told[pair.id];
  for (const now of pair.querySelectorAll(".now")) {
    now.setAttribute("visibility", "visible");
    now.setAttribute("y", String(headOf(pair) + row * rowHeight(pair)));
  }
  const states = sides.map((side) => stateOf(past(side, row)));
  const state = pair.querySelector(".state");
  state.hidden = false;
  state.tBodies[0].replaceChildren(
    ...states[0].map(([term], at) => rowOf([cell("th", term), ...states.map((each) => cell("td", each[at][1]))])),
  );
  for (const table of pair.querySelectorAll("table.moments")) {
    const at = past(sides[table.dataset.side], row).length - 1;
    for (const [index, each] of table.querySelectorAll("tr.m").entries()) each.classList.toggle("now", index === at);
  }
  const step = words[steps.findLast(([first]) => first <= row)[1]];
  pair.querySelector("output").textContent = `${step}, row ${row + 1} of ${Number(rangeOf(pair).max) + 1}`;
}

/** What is known of one side after some of its moments: the last of them, and everything the table holds by then. */
function stateOf(moments) {
  const held = new Map();
  for (const [, , , , , ...changes] of moments)
    for (const change of changes) held.set(kindOf(words[change]), words[change]);
  const last = moments.at(-1);
  const [, at, who, what, known, ...changed] = last ?? [];
  const others = [...held].filter(([kind]) => kind !== "status" && kind !== "stock").map(([, text]) => text);
  return [
    ["now", last ? `${words[at]}: ${words[who]}, ${words[what]}` : "nothing yet"],
    ["changed", changed.map((each) => words[each]).join(", ") || "nothing"],
    ["order row", held.get("status") ?? "none"],
    ["document, ledgers", others.join(", ") || "empty"],
    ["stock", held.get("stock") ?? "as it was"],
    ["status known by", (last && words[known]) || "nobody"],
  ];
}

/** A status is in capitals, units that are left begin with a number, and a ledger's entry with its ledger. */
function kindOf(change) {
  if (/^\d/.test(change)) return "stock";
  return /^[A-Z_]+$/.test(change) ? "status" : change.split(" ")[0];
}

/** The words of a pair, where the page has only its picture. */
function tellIn(pair) {
  const { steps, sides } = told[pair.id];
  for (const table of pair.querySelectorAll("table.moments:not(:has(thead))")) {
    const side = sides[table.dataset.side];
    const bodies = steps.map(([first, title], index) => {
      const [next = Infinity] = steps[index + 1] ?? [];
      const body = document.createElement("tbody");
      const name = cell("th", words[title]);
      name.colSpan = 5;
      body.append(rowOf([name]));
      for (const [at, moment] of side.entries()) {
        if (moment[0] > first && moment[0] < next) body.append(momentRow(moment, side[at - 1] ?? []));
      }
      return body;
    });
    const head = document.createElement("thead");
    head.append(rowOf(["at", "who", "what", "changed", "status known by"].map((name) => cell("th", name))));
    table.replaceChildren(table.caption, head, ...bodies);
  }
  show(pair, Number(rangeOf(pair).value));
}

/** What is as it was a moment before is left out. */
function momentRow([, at, who, what, known, ...changes], [, before, , , knownBefore]) {
  const changed = changes.map((each) => words[each]).join(", ");
  const texts = [at === before ? "" : words[at], words[who], words[what], changed];
  const row = rowOf([...texts, known === knownBefore ? "" : words[known]].map((text) => cell("td", text)));
  row.className = "m";
  return row;
}

function cell(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
function rowOf(cells) {
  const row = document.createElement("tr");
  row.append(...cells);
  return row;
}

/** A cell of the failure matrix prints the command that tells its story, once clicked or reached by the keyboard. */
for (const table of document.querySelectorAll("table.cells")) {
  for (const each of table.querySelectorAll("td:not(:empty)")) each.tabIndex = 0;
  table.addEventListener("focusin", ({ target }) => {
    const row = target.closest("tbody tr");
    if (target.tagName !== "TD") return;
    const extent = table.tHead.rows[0].cells[target.cellIndex].textContent;
    const names = [row.closest("tbody").rows[0], row].map(({ cells }) => cells[0].textContent);
    // Variants that have no such dependency have no story.
    const of = target.dataset.of?.split(" ");
    const struck = table.dataset.names.split(" ").filter((_, at) => of?.includes(String(at)) ?? true);
    const command = [[...names, extent].join("/"), ...struck].filter(Boolean);
    table.querySelector("output code").textContent = table.dataset.trace + command.join(" ");
  });
}

/** `#pair-ORDER:ROW` opens that pair with the cursor there; a link into what is closed opens it. */
function restore() {
  const [, id, row] = /^#([^:]+)(?::(\d+))?$/.exec(location.hash) ?? [];
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let each = target; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  if (row !== undefined && target.matches("details.pair")) {
    rangeOf(target).value = row;
    show(target, Number(rangeOf(target).value));
  }
  target.scrollIntoView();
}
addEventListener("hashchange", restore);
restore();
