
const form = document.getElementById("filters");
const records = [...document.querySelectorAll(".record")];
function chosen(name) {
  return new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
}
function show() {
  const kinds = chosen("kind"), outcomes = chosen("outcome");
  let n = 0;
  for (const r of records) {
    r.hidden = !kinds.has(r.dataset.kind) || !outcomes.has(r.dataset.outcome);
    if (!r.hidden) n++;
  }
  for (const a of document.querySelectorAll("main > article")) {
    const of = [...a.querySelectorAll(".record")];
    a.hidden = of.length > 0 && of.every((r) => r.hidden);
  }
  document.getElementById("shown").textContent = `${n} of ${records.length} records shown`;
}
form.addEventListener("change", show);
form.addEventListener("submit", (e) => e.preventDefault());
show();
