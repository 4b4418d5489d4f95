// <notice-marks> around the inbox's notices: whoever opens one has read it. A beacon says so while
// the page goes; without this script each notice has its button. Nothing is marked by a GET.
class NoticeMarks extends HTMLElement {
  connectedCallback() {
    // The middle button opens it in another tab.
    for (const kind of ["click", "auxclick"]) {
      this.addEventListener(kind, (event) => this.tell(event.target.closest(".notice a[href]")));
    }
  }

  tell(link) {
    const notice = link?.closest("[data-mark]");
    const form = document.getElementById("marks");
    if (!notice || !form) return;
    const said = new FormData(form);
    said.set("read", "yes");
    navigator.sendBeacon(notice.dataset.mark, said);
  }
}

customElements.define("notice-marks", NoticeMarks);
