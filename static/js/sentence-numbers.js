// Where nothing can hover, sentences hide their numbers. A paragraph's ¶ shows those of its own
// paragraph; <sentence-numbers> becomes a switch that shows them all and is remembered.
const KEY = "sentence-numbers";
const cannotHover = matchMedia("(hover: none)");

const remembered = () => {
  try {
    return localStorage.getItem(KEY) === "shown";
  } catch {
    // Storage may be forbidden: then the switch works for this page only.
    return false;
  }
};

const remember = (isShown) => {
  try {
    localStorage.setItem(KEY, isShown ? "shown" : "hidden");
  } catch {
    // As above.
  }
};

const areShown = () => document.documentElement.classList.contains("numbers-shown");
const show = (isShown) => document.documentElement.classList.toggle("numbers-shown", isShown);

class SentenceNumbers extends HTMLElement {
  connectedCallback() {
    if (this.firstElementChild) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn quiet small";
    button.textContent = say("Sentence numbers");
    button.setAttribute("aria-pressed", String(areShown()));
    button.addEventListener("click", () => {
      show(!areShown());
      remember(areShown());
      button.setAttribute("aria-pressed", String(areShown()));
    });
    this.append(button);
  }
}

show(remembered());
customElements.define("sentence-numbers", SentenceNumbers);

document.addEventListener("click", (event) => {
  const sign = event.target.closest?.(".essay .pil");
  const paragraph = sign?.closest(".para");
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!paragraph?.querySelector(".sn") || !cannotHover.matches || areShown() || !isPlain) return;
  event.preventDefault();
  sign.setAttribute("aria-expanded", String(paragraph.classList.toggle("numbered")));
});

// Escape closes what a sentence's number has opened, and the next Tab goes on from there. A
// fragment that nothing answers to makes the sentence no target any more without moving the page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.activeElement?.closest(".sn")?.querySelector(":focus").blur();
  if (!/^#s-\d+-\d+$/.test(location.hash)) return;
  location.replace("#-");
  history.replaceState(history.state, "", location.pathname + location.search);
});
