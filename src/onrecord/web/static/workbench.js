// Lights up the words of a row, and moves by keyboard: j and k from row to row, / to the search.
const rows = [...document.querySelectorAll("[data-row]")];
const marks = [...document.querySelectorAll("mark[data-marks]")];
const text = document.getElementById("text");

function light(name) {
  for (const mark of marks) {
    const on = mark.dataset.marks.split(" ").some((one) => one.split(":")[0] === name);
    mark.classList.toggle("on", on && name !== null);
  }
  for (const row of rows) row.classList.toggle("on", row.dataset.row === name);
  text?.classList.toggle("lit", marks.some((mark) => mark.classList.contains("on")));
}

for (const row of rows) {
  row.addEventListener("mouseenter", () => light(row.dataset.row));
  row.addEventListener("mouseleave", () => light(null));
  row.addEventListener("focus", () => light(row.dataset.row));
  row.addEventListener("click", () => {
    marks.find((mark) => mark.classList.contains("on"))?.scrollIntoView({ block: "center" });
  });
}

for (const mark of marks) {
  const name = mark.dataset.marks.split(" ")[0].split(":")[0];
  mark.addEventListener("mouseenter", () => light(name));
  mark.addEventListener("mouseleave", () => light(null));
  mark.addEventListener("click", () => document.getElementById(name)?.focus());
}

function step(by) {
  const at = rows.indexOf(document.activeElement);
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  next?.focus();
  marks.find((mark) => mark.classList.contains("on"))?.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "/") {
    document.getElementById("search")?.focus();
    event.preventDefault();
  }
});
