// <live-preview src="…"> around a form's textarea: shows beneath it how the words will look. The
// server renders them, by the same rules as when they are posted.
const PATIENCE = 400;

class LivePreview extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    if (!this.area || this.panel) return;
    this.panel = this.makePanel();
    this.append(this.panel);
    this.area.addEventListener("input", () => this.soon());
    if (this.area.value.trim()) this.soon();
  }

  makePanel() {
    const panel = document.createElement("section");
    panel.className = "preview";
    panel.hidden = true;
    panel.setAttribute("aria-label", say("Preview"));
    const heading = document.createElement("p");
    heading.className = "hint";
    heading.textContent = say("Preview");
    this.words = document.createElement("div");
    this.words.className = "prose";
    panel.append(heading, this.words);
    return panel;
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), PATIENCE);
  }

  async refresh() {
    this.request?.abort();
    if (!this.area.value.trim()) {
      this.panel.hidden = true;
      return;
    }
    this.request = new AbortController();
    const html = await this.render(this.request.signal);
    // What an earlier request brings late is old news.
    if (html === undefined) return;
    this.panel.hidden = html === null;
    if (html !== null) this.words.innerHTML = html;
  }

  async render(signal) {
    const body = new FormData();
    const token = this.closest("form")?.querySelector("[name=csrfmiddlewaretoken]");
    if (token) body.set("csrfmiddlewaretoken", token.value);
    body.set("source", this.area.value);
    try {
      const response = await fetch(this.getAttribute("src"), { method: "POST", body, signal });
      return response.ok && !response.redirected ? await response.text() : null;
    } catch (error) {
      return error.name === "AbortError" ? undefined : null;
    }
  }
}

customElements.define("live-preview", LivePreview);
