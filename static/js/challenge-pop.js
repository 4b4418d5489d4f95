// "Challenge this" opens beside the words what the next page asks first. Without this script, or
// with a key held down for another tab, the link leads there directly.
const template = document.querySelector("template#challenge-pop");

const openPop = (bubble) => {
  let pop = document.querySelector(".pop");
  if (!pop) {
    pop = template.content.firstElementChild.cloneNode(true);
    template.after(pop);
    pop.querySelector("header button").addEventListener("click", () => closePop(pop));
    pop.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closePop(pop);
    });
  }
  const address = new URL(bubble.href);
  const form = pop.querySelector("form");
  for (const [name, words] of address.searchParams) form.elements[name].value = words;
  form.action = `${address.pathname}#challenge`;
  pop.querySelector("q").textContent = address.searchParams.get("exact");
  pop.opener = bubble;
  pop.showPopover();
  place(pop, bubble);
  form.elements.relation[0].focus();
};

// As wide as the paragraph, below the line on which "Challenge this" stood; a narrow screen has it
// at its foot.
const place = (pop, bubble) => {
  const column = bubble.closest(".para").getBoundingClientRect();
  const line = bubble.getBoundingClientRect();
  pop.style.setProperty("--pop-top", `${line.top + scrollY}px`);
  pop.style.setProperty("--pop-left", `${column.left + scrollX}px`);
  pop.style.setProperty("--pop-width", `${column.width}px`);
};

// What was typed stays in it: the next words are challenged with the same.
const closePop = (pop) => {
  pop.hidePopover();
  const { opener } = pop;
  (opener.hidden ? opener.closest(".para").querySelector(".pil") : opener).focus();
};

if (template) {
  document.addEventListener("click", (event) => {
    const bubble = event.target.closest(".para .bubble");
    if (!bubble || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openPop(bubble);
  });
}
