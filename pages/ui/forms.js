// A pause of this many milliseconds in a text area commits what stands there, as Ctrl+Enter does; a line does so by itself.
const PAUSE = 700;
if (!window.kdCommits) {
  window.kdCommits = new Map();  // field -> timer, where something is typed that is not committed yet
  const FIELDS = ".stTextArea textarea, .stTextInput input";  // a grid's cell lies in a root of its own, and closes
  const commit = (field) => {
    clearTimeout(window.kdCommits.get(field));
    window.kdCommits.delete(field);
    if (!field.isConnected) return false;
    const held = field.tagName === "TEXTAREA" ? { ctrlKey: true, metaKey: true } : {};
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, ...held }));
    return true;
  };
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(FIELDS)) return;
    clearTimeout(window.kdCommits.get(target));
    const done = target.tagName === "TEXTAREA" ? () => commit(target) : () => window.kdCommits.delete(target);
    window.kdCommits.set(target, setTimeout(done, PAUSE));
  });
  window.kdUnheard.add({ send: () => [...window.kdCommits.keys()].filter(commit).length > 0, waits: () => false });
}
