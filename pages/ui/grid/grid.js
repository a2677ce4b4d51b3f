// Where Streamlit calls, at each run that has something new to say.
const grids = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let editing = grids.get(parentElement);
  if (!editing) {
    editing = new Editing(parentElement);
    grids.set(parentElement, editing);
  }
  editing.say(data, (list) => setStateValue("ops", list));
  // Streamlit calls what is returned when the grid is taken off the page, and also when the next run came too soon.
  return () => setTimeout(() => {
    if (parentElement.host.isConnected || grids.get(parentElement) !== editing) return;
    grids.delete(parentElement);
    editing.end();
  });
}
