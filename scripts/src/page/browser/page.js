// The cursor of the pairs: one row of the picture for all sides. Everything it shows stands in the page already.

/** @type {HTMLDetailsElement[]} */
const pairs = [...document.querySelectorAll("details.pair")];

for (const pair of pairs) {
  const cursor = pair.querySelector(".cursor");
  const range = cursor.querySelector("input");
  cursor.hidden = false;
  range.addEventListener("input", () => {
    show(pair, Number(range.value));
    history.replaceState(null, "", `#${pair.id}:${range.value}`);
  });
  for (const picture of pair.querySelectorAll("svg.story")) {
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      const y = ((event.clientY - box.top) / box.height) * picture.viewBox.baseVal.height;
      const now = picture.querySelector(".now");
      const height = Number(now.getAttribute("height"));
      const row = Math.floor((y - headOf(picture)) / height);
      range.value = String(Math.max(0, row));
      range.dispatchEvent(new Event("input"));
      range.focus();
    });
  }
}

/** Where the first row of a picture begins. */
function headOf(picture) {
  return Number(picture.querySelector("rect.block").getAttribute("y"));
}

function show(pair, row) {
  const said = [];
  for (const side of pair.querySelectorAll(".side")) {
    const picture = side.querySelector("svg.story");
    const now = picture.querySelector(".now");
    now.setAttribute("visibility", "visible");
    now.setAttribute("y", String(headOf(picture) + row * Number(now.getAttribute("height"))));
    const at = side.dataset.rows.split(" ").findLastIndex((each) => Number(each) <= row);
    const rows = [...side.querySelectorAll("table.moments tr.m")];
    for (const [index, each] of rows.entries()) each.classList.toggle("now", index === at);
    said.push(tell(side, rows, at));
  }
  const title = [...pair.querySelectorAll("svg.story")][0];
  const steps = [...title.querySelectorAll("text.step")];
  const blocks = [...title.querySelectorAll("rect.block")];
  const height = Number(title.querySelector(".now").getAttribute("height"));
  const y = headOf(title) + row * height;
  const block = blocks.findLastIndex((each) => Number(each.getAttribute("y")) <= y);
  pair.querySelector("output").textContent = steps[block].textContent;
}

/** What is known of one side after its moment: the moment itself, and everything the table holds by then. */
function tell(side, rows, at) {
  const held = new Map();
  for (const row of rows.slice(0, at + 1)) {
    for (const change of row.querySelectorAll("i")) held.set(kindOf(change.textContent), change.textContent);
  }
  const [, who, what] = at < 0 ? [] : cellsOf(rows[at]);
  const [time, known] = [0, 4].map((column) => lastOf(rows.slice(0, at + 1), column));
  const lines = [
    ["now", at < 0 ? "nothing yet" : `${time}: ${who}, ${what}`],
    ["order row", held.get("status") ?? "none"],
    [
      "document, ledgers",
      [...held]
        .filter(([kind]) => kind !== "status" && kind !== "stock")
        .map(([, text]) => text)
        .join(", ") || "empty",
    ],
    ["stock", held.get("stock") ?? "as it was"],
    ["status known by", known || "nobody"],
  ];
  const list = side.querySelector(".state");
  list.hidden = false;
  list.replaceChildren(
    ...lines.flatMap(([term, text]) => {
      const [dt, dd] = [document.createElement("dt"), document.createElement("dd")];
      dt.textContent = term;
      dd.textContent = text;
      return [dt, dd];
    }),
  );
}

const cellsOf = (row) => [...row.cells].map((cell) => cell.textContent);

/** A cell that is as it was a row before is empty. */
const lastOf = (rows, column) => rows.map((row) => cellsOf(row)[column]).findLast((text) => text !== "");

/** A status is in capitals, units that are left begin with a number, and a ledger's entry with its ledger. */
function kindOf(change) {
  if (/^\d/.test(change)) return "stock";
  return /^[A-Z_]+$/.test(change) ? "status" : change.split(" ")[0];
}

/** `#pair-ORDER:ROW` opens that pair with the cursor there. */
function restore() {
  const [, id, row] = /^#(pair-[^:]+):(\d+)$/.exec(location.hash) ?? [];
  const pair = pairs.find((each) => each.id === id);
  if (!pair) return;
  pair.open = true;
  const range = pair.querySelector("input");
  range.value = row;
  show(pair, Number(range.value));
  pair.scrollIntoView();
}
addEventListener("hashchange", restore);
restore();
