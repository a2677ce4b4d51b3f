// Puts HTML in the page that has been made and escaped by pages/ui/html.py. The same again is left as it is.
const drawn = new WeakMap();

export default function ({ data, parentElement }) {
  if (drawn.get(parentElement) === data) return;
  drawn.set(parentElement, data);
  parentElement.innerHTML = data;
  parentElement.onclick = ({ target }) => {
    const more = target.closest("button.kd-more");
    if (!more) return;
    const folded = parentElement.querySelector(".kd-folded");
    const first = [...folded.querySelectorAll("tbody tr")].find((row) => !row.offsetParent);
    folded.classList.remove("kd-folded");
    more.remove();
    first?.querySelector("a")?.focus({ preventScroll: true });
  };
}
