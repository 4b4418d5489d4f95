// <chosen-words> around the sentences of a paragraph: says which words are chosen, to whoever sees
// them and, as a live region, to whoever does not.
class ChosenWords extends HTMLElement {
  connectedCallback() {
    this.told = this.querySelector("[role=status]");
    if (this.told) this.addEventListener("change", () => this.tell());
  }

  tell() {
    const boxes = [...this.querySelectorAll("[name=s]")];
    const places = boxes.flatMap((box, place) => (box.checked ? [place] : []));
    this.told.textContent = places.length
      ? this.words(boxes, places)
      : say("Nothing is chosen yet.");
  }

  words(boxes, places) {
    const [first, last] = [places[0], places.at(-1)];
    if (last - first + 1 !== places.length) {
      return say("Choose sentences that stand next to each other.");
    }
    const texts = places.map((place) => boxes[place].dataset.words);
    return say("Chosen: “%(words)s”", { words: texts.join(" ") });
  }
}

customElements.define("chosen-words", ChosenWords);
