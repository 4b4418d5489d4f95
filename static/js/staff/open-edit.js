// <open-edit src="…">: tells the server that this essay is open here, and shows who else has it open.
const EVERY = 45_000;

class OpenEdit extends HTMLElement {
  connectedCallback() {
    this.tell();
    this.timer = setInterval(() => this.tell(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async tell() {
    if (document.hidden) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const response = await fetch(this.getAttribute("src"), { method: "POST", body });
      // Signed out in another window: the form itself will say so, and keep what was typed.
      if (response.ok && !response.redirected) this.innerHTML = await response.text();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // no connection: asked again soon
    }
  }
}

customElements.define("open-edit", OpenEdit);
