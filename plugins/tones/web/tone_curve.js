/** The widget `tone_curve`: a curve with points to drag, or to move by the arrow keys. */
import { curveThrough } from "./_monotone.js";
import { added, moved, PRESETS, readPoints, removed, UNCHANGED } from "./_points.js";

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 100;
const PIECES = 64;
const STEP = 0.01;

class ToneCurve {
  constructor(host) {
    host.style("tone_curve.css");
  }

  mount(element, props) {
    this.props = props;
    element.className = "tone-curve";
    this.drawing = draw("svg", { viewBox: `-7 -7 ${SIZE + 14} ${SIZE + 14}`, role: "group" }, element);
    for (const at of [0.25, 0.5, 0.75]) {
      draw("path", { class: "tone-grid", d: `M${at * SIZE} 0V${SIZE}M0 ${at * SIZE}H${SIZE}` }, this.drawing);
    }
    draw("rect", { class: "tone-frame", width: SIZE, height: SIZE }, this.drawing);
    this.line = draw("path", { class: "tone-line" }, this.drawing);
    this.dots = draw("g", {}, this.drawing);
    this.drawing.addEventListener("pointerdown", (event) => this.press(event));
    this.drawing.addEventListener("pointermove", (event) => this.drag(event));
    this.drawing.addEventListener("pointerup", () => this.release());
    this.drawing.addEventListener("pointercancel", () => this.release());
    this.drawing.addEventListener("keydown", (event) => this.key(event));
    this.presets = document.createElement("select");
    this.presets.append(new Option("shape…", ""), ...Object.keys(PRESETS).map((name) => new Option(name, name)));
    this.presets.addEventListener("change", () => this.props.change(PRESETS[this.presets.value]));
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "Click to add a point, drag to move it, Delete removes it.";
    element.append(this.presets, hint);
    this.update(props);
  }

  update(props) {
    this.props = props;
    this.points = readPoints(props.value) ?? UNCHANGED;
    this.drawing.setAttribute("aria-label", props.label);
    this.presets.setAttribute("aria-label", `shape of ${props.label}`);
    const named = Object.entries(PRESETS).find(([, points]) => JSON.stringify(points) === JSON.stringify(this.points));
    this.presets.value = named ? named[0] : "";
    const curve = curveThrough(this.points);
    const along = Array.from({ length: PIECES + 1 }, (_, piece) => piece / PIECES);
    const path = along.map((x) => `${(x * SIZE).toFixed(2)} ${((1 - clamp(curve(x))) * SIZE).toFixed(2)}`);
    this.line.setAttribute("d", `M${path.join("L")}`);
    while (this.dots.childElementCount > this.points.length) this.dots.lastElementChild.remove();
    while (this.dots.childElementCount < this.points.length) {
      draw("circle", { class: "tone-point", r: 4, tabindex: 0, role: "slider", "aria-valuemin": 0, "aria-valuemax": 100 }, this.dots);
    }
    this.points.forEach(([x, y], index) => {
      const dot = this.dots.children[index];
      const said = `${percent(x)} becomes ${percent(y)}`;
      const facts = { cx: x * SIZE, cy: (1 - y) * SIZE, "aria-label": `point ${index + 1} of ${props.label}` };
      for (const [name, value] of Object.entries({ ...facts, "aria-valuenow": Math.round(y * 100), "aria-valuetext": said })) {
        dot.setAttribute(name, value);
      }
    });
  }

  /** Take the point under the pointer, or add one there. */
  press(event) {
    if (event.button !== 0) return;
    const dot = event.target.closest(".tone-point");
    let index = dot ? [...this.dots.children].indexOf(dot) : -1;
    if (index < 0) {
      const made = added(this.points, this.at(event));
      if (made === null) return;
      this.props.change(made[0], { more: true });
      index = made[1];
    }
    this.dragged = index;
    this.drawing.setPointerCapture(event.pointerId);
    event.preventDefault();
    requestAnimationFrame(() => this.dots.children[index]?.focus());
  }

  drag(event) {
    if (this.dragged === undefined) return;
    this.props.change(moved(this.points, this.dragged, this.at(event)), { more: true });
  }

  release() {
    if (this.dragged === undefined) return;
    this.dragged = undefined;
    this.props.done();
  }

  key(event) {
    const index = [...this.dots.children].indexOf(event.target);
    if (index < 0) return;
    const far = event.shiftKey ? 10 * STEP : STEP;
    const [x, y] = this.points[index];
    const to = { ArrowLeft: [x - far, y], ArrowRight: [x + far, y], ArrowUp: [x, y + far], ArrowDown: [x, y - far] }[event.key];
    if (to) this.props.change(moved(this.points, index, to), { more: true });
    else if (event.key === "Delete" || event.key === "Backspace") {
      this.props.change(removed(this.points, index));
      this.dots.children[Math.min(index, this.points.length - 1)]?.focus();
    } else return;
    event.preventDefault(); // so that the editor doesn't move or remove the node
  }

  /** Where the pointer is, in shares of the square. */
  at(event) {
    const to = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.drawing.getScreenCTM().inverse());
    return [clamp(to.x / SIZE), clamp(1 - to.y / SIZE)];
  }
}

function draw(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

function clamp(share) {
  return Math.min(1, Math.max(0, share));
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

export default { version: 1, widgets: { tone_curve: (host) => new ToneCurve(host) } };
