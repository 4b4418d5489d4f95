// <thread-news src="…">: asks from time to time whether the thread has grown, while somebody looks.
// It says so in a place of its own: nothing on the page moves until the reader asks for it.
const SOONEST = 30_000;
const LATEST = 300_000;

class ThreadNews extends HTMLElement {
  wait = SOONEST;

  connectedCallback() {
    this.setAttribute("role", "status");
    this.onChange = () => this.plan();
    document.addEventListener("visibilitychange", this.onChange);
    this.plan();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.onChange);
    clearTimeout(this.timer);
  }

  plan() {
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = setTimeout(() => this.ask(), this.wait);
  }

  async ask() {
    const words = await this.words();
    // A quiet thread is asked less and less often.
    this.wait = words ? SOONEST : Math.min(this.wait * 1.5, LATEST);
    if (words) this.show(words);
    this.plan();
  }

  // The browser keeps the last answer, and sends its ETag along.
  async words() {
    try {
      const response = await fetch(this.getAttribute("src"), { cache: "no-cache" });
      return response.ok && !response.redirected ? (await response.json()).words : "";
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // no connection: asked again later
      return "";
    }
  }

  show(words) {
    this.link ??= this.makeLink();
    if (this.link.textContent !== words) this.link.textContent = words;
  }

  makeLink() {
    const link = document.createElement("a");
    link.className = "btn small";
    link.href = location.pathname + location.search;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.reload();
    });
    this.append(link);
    return link;
  }
}

customElements.define("thread-news", ThreadNews);
