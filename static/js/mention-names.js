// <mention-names src="…" for="id"> beneath a text field: while a name is typed after an @, offers
// the members whose names begin so. Arrows choose, Enter or Tab takes, Escape closes.
const PATIENCE = 150;
const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}_.-]{2,})$/u;

class MentionNames extends HTMLElement {
  connectedCallback() {
    this.area = document.getElementById(this.getAttribute("for"));
    if (!this.area || this.list) return;
    this.list = document.createElement("ul");
    this.list.id = `${this.area.id}-names`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", say("Members"));
    this.list.hidden = true;
    this.status = document.createElement("span");
    this.status.className = "vh";
    this.status.setAttribute("role", "status");
    this.append(this.list, this.status);
    this.area.setAttribute("aria-autocomplete", "list");
    this.area.setAttribute("aria-controls", this.list.id);
    this.area.addEventListener("input", () => this.soon());
    this.area.addEventListener("keydown", (event) => this.press(event));
    this.area.addEventListener("blur", () => this.close());
    // Before the field loses the focus.
    this.list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(option);
      event.preventDefault();
    });
  }

  get begun() {
    return this.area.value.slice(0, this.area.selectionStart).match(BEGUN)?.[1];
  }

  soon() {
    clearTimeout(this.timer);
    if (this.begun) this.timer = setTimeout(() => this.ask(), PATIENCE);
    else this.close();
  }

  async ask() {
    const begun = this.begun;
    if (!begun) return this.close();
    const names = await this.names(begun);
    // What is late is about what was typed before.
    if (begun === this.begun && this.area === document.activeElement) this.show(names);
  }

  async names(begun) {
    const url = new URL(this.getAttribute("src"), location.href);
    url.searchParams.set("q", begun);
    try {
      const response = await fetch(url);
      return response.ok && !response.redirected ? (await response.json()).names : [];
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // no connection: then by heart
      return [];
    }
  }

  show(names) {
    this.list.replaceChildren(...names.map((one, place) => this.optionOf(one, place)));
    this.list.hidden = !names.length;
    this.status.textContent = names.length
      ? say("%(number)s names: arrows to choose", { number: names.length })
      : "";
    this.choose(names.length ? 0 : -1);
  }

  optionOf({ username, name }, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.dataset.username = username;
    const words = document.createElement("bdi");
    words.textContent = name === username ? name : `${name} (${username})`;
    option.append(words);
    return option;
  }

  choose(place) {
    const options = [...this.list.children];
    this.chosen = options[place];
    for (const option of options) option.setAttribute("aria-selected", option === this.chosen);
    if (this.chosen) this.area.setAttribute("aria-activedescendant", this.chosen.id);
    else this.area.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (this.list.hidden || event.isComposing) return;
    const options = [...this.list.children];
    const place = options.indexOf(this.chosen);
    if (event.key === "ArrowDown") this.choose((place + 1) % options.length);
    else if (event.key === "ArrowUp") this.choose((place - 1 + options.length) % options.length);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  take(option) {
    const end = this.area.selectionStart;
    const start = end - this.begun.length;
    this.area.setRangeText(`${option.dataset.username} `, start, end, "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.choose(-1);
  }
}

customElements.define("mention-names", MentionNames);
