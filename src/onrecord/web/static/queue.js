// The review queue: items are fetched ahead, a key judges and moves on at once, the server is told behind.
const item = document.getElementById("item");
const none = document.getElementById("none");
const state = document.getElementById("state");
const correct = document.getElementById("correct");
const seen = new Set();
const waiting = [];
const made = [];
let current = null;
let fetching = null;
let sending = 0;
let sent = Promise.resolve();

const nameOf = (one) => `${one.page} ${one.event}`;

async function fetchMore() {
  const query = new URLSearchParams(location.search);
  query.set("order", item.dataset.order);
  query.set("scope", item.dataset.scope);
  query.set("most", String(20 + seen.size));
  const answer = await fetch(`/queue.json?${query}`);
  if (!answer.ok) return say(`The next events could not be loaded (${answer.status}).`);
  for (const one of await answer.json()) {
    if (seen.has(nameOf(one))) continue;
    seen.add(nameOf(one));
    waiting.push(one);
  }
}

function say(words) {
  state.textContent = words;
}

function count(by) {
  for (const id of ["judged", "mine"]) {
    const place = document.getElementById(id);
    place.textContent = String(Number(place.textContent) + by);
  }
  document.getElementById("progress").value += by;
}

function show(one) {
  current = one;
  item.hidden = !one;
  none.hidden = Boolean(one);
  openForm(false);
  document.querySelector("[data-undo]").disabled = made.length === 0;
  if (!one) return;
  for (const place of item.querySelectorAll("[data-field]")) place.textContent = one[place.dataset.field] || "–";
  for (const place of item.querySelectorAll(".around")) place.textContent = one[place.dataset.field];
  for (const place of item.querySelectorAll("[data-part]")) place.textContent = one.sentence[place.dataset.part];
  item.querySelector("[data-link]").href = `/page/${encodeURIComponent(one.page)}#${encodeURIComponent(one.event)}`;
  const query = new URLSearchParams({ page: one.page, event: one.event, at: one.at });
  item.querySelector("[data-full]").href = `/review/correct?${query}`;
  for (const field of ["type", "mode", "status", "cameo", "sources", "targets"]) correct.elements[field].value = one[field];
  correct.elements.note.value = "";
  item.dataset.shown = nameOf(one);
  item.focus({ preventScroll: true });
}

async function next() {
  if (waiting.length < 6 && !fetching) fetching = fetchMore().finally(() => (fetching = null));
  if (!waiting.length && fetching) await fetching;
  show(waiting.shift() ?? null);
}

// Judgements are sent one after the other: an undo must not overtake what it takes back.
function send(one, verdict, fields = {}) {
  sending += 1;
  say("Saving…");
  sent = sent.then(() => post(one, verdict, fields));
  return sent;
}

async function post(one, verdict, fields) {
  const body = new URLSearchParams({ csrf: item.dataset.csrf, page: one.page, event: one.event, at: one.at, verdict, ...fields });
  const answer = await fetch("/queue/judge", { method: "POST", body }).catch(() => null);
  sending -= 1;
  if (answer?.ok) return say(sending ? "Saving…" : "Saved");
  const told = answer ? (await answer.json().catch(() => ({}))).error : "the server does not answer";
  say(`Not saved: ${told ?? answer.status}`);
  if (verdict !== "withdraw") {
    count(-1);
    made.splice(made.indexOf(one), 1);
    if (current) waiting.unshift(current);
    show(one);
  }
}

function judge(verdict, fields) {
  if (!current) return;
  const one = current;
  made.push(one);
  count(1);
  send(one, verdict, fields);
  next();
}

function undo() {
  const one = made.pop();
  if (!one) return;
  if (current) waiting.unshift(current);
  count(-1);
  send(one, "withdraw");
  show(one);
}

function skip() {
  if (current) next();
}

function openForm(is_open) {
  correct.hidden = !is_open;
  document.querySelector("[data-open]").setAttribute("aria-expanded", String(is_open));
  if (is_open) correct.elements.type.focus();
}

if (item) {
  for (const button of item.querySelectorAll("[data-verdict]")) button.addEventListener("click", () => judge(button.dataset.verdict));
  item.querySelector("[data-open]").addEventListener("click", () => openForm(correct.hidden));
  item.querySelector("[data-skip]").addEventListener("click", skip);
  item.querySelector("[data-undo]").addEventListener("click", undo);
  item.querySelector("[data-swap]").addEventListener("click", () => {
    const { sources, targets } = correct.elements;
    [sources.value, targets.value] = [targets.value, sources.value];
  });
  correct.addEventListener("submit", (event) => {
    event.preventDefault();
    judge("correct", Object.fromEntries(new FormData(correct)));
  });
  const keys = { a: () => judge("accept"), x: () => judge("refuse"), c: () => openForm(true), s: skip, u: undo };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    if (typing && event.key === "Escape") {
      openForm(false);
      item.focus();
    }
    if (typing || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !keys[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys[event.key]();
  }, true);
  next().then(() => (document.documentElement.dataset.queue = "on"));
}
