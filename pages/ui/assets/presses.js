// Whoever presses a button or a link means it. What comes meanwhile may move it from under the pointer before it is let go (a
// fold that is being opened, a run that takes in what was typed last, a page that has just come): then the browser tells of
// no click on it. Moving away takes a press back, as ever.
(() => {
  const PRESSED = "button, a[href], summary";
  const SAVES = "[class*='st-key-save-']";  // drawn anew meanwhile it is the same button still
  const AWAY = 10;  // pixels
  const pressedBy = (event) => event.composedPath()[0].closest?.(PRESSED);  // in a grid or a table of ours too: shadow roots
  const named = (place) => place.ariaLabel || place.textContent;
  let pressed = null;  // and not let go yet
  const released = new Set();  // and not clicked yet, as far as the browser has told
  const LATE = 5000;  // milliseconds
  let made = null;  // what was clicked here last, and when

  // A link that is called otherwise now is another, though it may be the same element: texts are drawn anew in place. A
  // button that is called otherwise is the same still, as a row's that has got another number.
  const isStill = ({ place, name }) => !place.matches("a") || named(place) === name;
  // Whether it was the pointer that moved, and not what it had pressed.
  const slidOff = ({ place, at }, { clientX: x, clientY: y }) => {
    const now = place.getBoundingClientRect();
    const stays = place.isConnected && ["left", "top", "right", "bottom"].every((side) => Math.abs(now[side] - at[side]) < 1);
    return stays && (x < at.left || x > at.right || y < at.top || y > at.bottom);
  };

  // Where a component of ours is drawn anew meanwhile: its button that is called the same, where there is one alone.
  const anew = ({ within, name }) => {
    const hosts = document.querySelectorAll(`.${CSS.escape(within)} *`);
    const roots = [...hosts].flatMap((host) => host.shadowRoot ?? []);
    const same = roots.flatMap((root) => [...root.querySelectorAll(PRESSED)]).filter((place) => named(place) === name);
    return same.length === 1 ? same[0] : null;
  };

  // Whether a click there is the press's: what is drawn anew meanwhile is called the same.
  const isOf = (press, place) =>
    press &&
    (press.place === place ||
      (press.key && place?.closest(`.${CSS.escape(press.key)}`)) ||
      (!press.place.isConnected && place && named(place) === press.name));

  document.addEventListener("pointerdown", (event) => {
    const { button, clientX, clientY } = event;
    const plain = !(button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const place = plain ? pressedBy(event) : null;
    const saves = place?.closest(SAVES);
    const key = saves && [...saves.classList].find((name) => name.startsWith("st-key-save-"));
    const around = place?.getRootNode().host?.closest("[class*='st-key-']");
    const within = around && [...around.classList].find((name) => name.startsWith("st-key-"));
    pressed = place && { place, key, within, name: named(place), at: place.getBoundingClientRect(), clientX, clientY };
    made = null;
  }, true);
  window.addEventListener("click", (event) => {  // before leaving.js, which holds clicks back
    const place = pressedBy(event);
    const clicked = [...released].find((press) => isOf(press, place));  // the next is pressed already, where much was waiting
    // A finger's click comes once the page has answered its touch, on whatever lies there by then. Where that took long it
    // has been made here already; where something else lies there, it is made here soon. A key's has no detail.
    const byFinger = event.isTrusted && event.pointerType === "touch";
    const isLate = made && event.isTrusted && event.detail && event.timeStamp - made.when < LATE;
    if (clicked) released.delete(clicked);
    else if (isOf(pressed, place)) pressed = null;
    else if ((byFinger && released.size) || (isLate && (byFinger || isOf(made, place)))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  document.addEventListener("pointerup", (event) => {
    const meant = pressed;
    pressed = null;
    const moved = meant && Math.hypot(event.clientX - meant.clientX, event.clientY - meant.clientY);
    if (!meant || moved > AWAY || (moved && slidOff(meant, event))) return;
    released.add(meant);
    setTimeout(() => {  // a click, where one comes, comes at once
      if (!released.delete(meant)) return;
      const { place, key, within } = meant;
      const still = place.isConnected && isStill(meant) ? place : null;
      const drawn = key ? document.querySelector(`.${CSS.escape(key)} button`) : within && anew(meant);
      const target = place.isConnected ? still : drawn;
      if (!target) return;
      made = { ...meant, place: target, when: performance.now() };
      target.click();
    }, 50);
  }, true);
  // A finger that scrolls, or asks for the browser's own menu.
  ["pointercancel", "contextmenu"].forEach((kind) => {
    document.addEventListener(kind, () => {
      pressed = null;
      released.clear();
    }, true);
  });
})();
