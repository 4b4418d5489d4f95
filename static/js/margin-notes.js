// <margin-notes> around an essay's text: each note stands beside the line on which its passage
// starts, and never over another note. Without the script it stands beside its paragraph.

// Notes keep this distance from each other, and start this much above their line.
const GAP = 16;
const RISE = 4;

class MarginNotes extends HTMLElement {
  connectedCallback() {
    this.essay = this.querySelector(".essay");
    if (!this.essay) return;
    this.observer = new ResizeObserver(() => this.settle());
    this.observer.observe(this.essay);
    document.fonts?.ready.then(() => this.settle());
  }

  disconnectedCallback() {
    this.observer?.disconnect();
  }

  // There is a margin where the text's grid has a second column.
  get hasMargin() {
    return getComputedStyle(this.essay).gridTemplateColumns.includes(" ");
  }

  settle() {
    const notes = [...this.essay.querySelectorAll(".notes .note")];
    for (const note of notes) note.style.translate = "";
    this.essay.style.paddingBlockEnd = "";
    if (!this.hasMargin) return;
    const places = notes.map((note) => this.placeOf(note));
    let floor = -Infinity;
    for (const [index, { box, line }] of places.entries()) {
      const top = Math.max(line - RISE, floor);
      notes[index].style.translate = `0 ${Math.round(top - box.top)}px`;
      floor = top + box.height + GAP;
    }
    // What stands below the text begins below the last note too.
    const overhang = floor - this.essay.getBoundingClientRect().bottom;
    if (overhang > 0) this.essay.style.paddingBlockEnd = `${Math.ceil(overhang)}px`;
  }

  placeOf(note) {
    const box = note.getBoundingClientRect();
    const mark = this.essay.querySelector(`.passage[data-claim="${note.dataset.claim}"]`);
    const line = mark?.getClientRects()[0]?.top ?? box.top + RISE;
    return { box, line };
  }
}

customElements.define("margin-notes", MarginNotes);
