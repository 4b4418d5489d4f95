// The words of the other scripts: in English they stand where they are said; a page in another
// language has them with it. `say("%(number)s names", { number: 3 })`.
const block = document.getElementById("script-words");
const known = block ? JSON.parse(block.textContent) : {};

globalThis.say = (words, values = {}) =>
  (known[words] ?? words).replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
