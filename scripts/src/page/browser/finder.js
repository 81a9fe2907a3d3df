// The field for an order's id: where the order stands, from the page's data.

const finder = document.querySelector(".finder");
const mostFound = 8;

if (finder) {
  const { told: said, drawn } = JSON.parse(document.getElementById("orders").textContent);
  const orders = said.flatMap(([status, why, ids]) => ids.map((id) => [id, `${status}; ${why}`]));
  const field = finder.querySelector("input");
  finder.hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim();
    const found = wanted === "" ? [] : matching(orders, wanted);
    const rest = found.length - mostFound;
    finder
      .querySelector(".found")
      .replaceChildren(
        ...found.slice(0, mostFound).map(([id, text]) => foundLine(id, text, drawn[id])),
        ...(rest > 0 ? [paragraph(`and ${rest} more with “${wanted}” in their ids`)] : []),
        ...(wanted !== "" && found.length === 0
          ? [paragraph(`no order of the log has “${wanted}” in its id; it has ${some(orders)}`)]
          : []),
      );
  });
}

/** A few ids that can be typed instead. */
const some = (orders) =>
  orders
    .slice(0, 3)
    .map(([id]) => id)
    .join(", ");

/** That very id first, then those that end in it as a part: 42 means order-42 before order-142. */
function matching(orders, wanted) {
  const rankOf = (id) => (id === wanted ? 0 : id.endsWith(`-${wanted}`) ? 1 : id.includes(wanted) ? 2 : 3);
  return orders.filter(([id]) => rankOf(id) < 3).toSorted(([a], [b]) => rankOf(a) - rankOf(b));
}

function foundLine(id, text, pairId) {
  const line = paragraph(`: ${text} `);
  const name = document.createElement("b");
  name.textContent = id;
  line.prepend(name);
  if (pairId) {
    const link = document.createElement("a");
    link.href = `#${pairId}`;
    link.textContent = "side by side";
    line.append(link);
  }
  return line;
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}
