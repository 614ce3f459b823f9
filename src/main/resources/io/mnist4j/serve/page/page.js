'use strict';

/** Side of the drawing area, in units of its own; the picture that is sent has as many pixels. */
const SIDE = 280;
/** Width of the pen for a digit that fills the area; small digits are drawn by a thinner one. */
const PEN = 22;
const THIN_PEN = 8;
/** Width of the pen to the height of a digit, about that of MNIST's. */
const PEN_TO_HEIGHT = 0.13;
const STEP = 10;
const FINE_STEP = 3;
/** Milliseconds without a change; after them the page asks why, and speaks the answer. */
const SETTLED = 250;

/** Where requests go: to the server, or to the network in a page that was exported. */
const send = window.exportedNetwork || window.fetch.bind(window);

const byId = (id) => document.getElementById(id);
const pad = byId('pad');
const brush = pad.getContext('2d');

const strokes = [];
/** The stroke that a pointer or the keyboard is drawing. */
let current = null;
/** {bitmap, blob} of a picture that was opened; it hides the strokes. */
let picture = null;
/** The digits that were found; {is} where it was said what one is. */
let found = [];
let chosen = 0;
const cursor = {x: SIDE / 2, y: SIDE / 2, shown: false};
let model = {
  input: {height: 28, width: 28, wholePictures: false}, labels: [], limits: {bodyBytes: Infinity},
  compared: [],
};

// ---- Drawing

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** As thick as it should be for the tallest stroke: five digits fit side by side, too. */
function pen() {
  let tallest = 0;
  for (const stroke of strokes) {
    let top = SIDE;
    let bottom = 0;
    for (const point of stroke) {
      top = Math.min(top, point.y);
      bottom = Math.max(bottom, point.y);
    }
    tallest = Math.max(tallest, bottom - top);
  }
  return Math.min(PEN, Math.max(THIN_PEN, tallest * PEN_TO_HEIGHT));
}

function trace(context, ink) {
  const width = pen();
  context.strokeStyle = ink;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    stroke.forEach((point, i) => {
      const before = stroke[Math.max(0, i - 1)];
      // A line of one width is one path: between two paths, their round ends would be seen.
      if (i === 0 || point.width !== before.width) {
        context.beginPath();
        context.moveTo(before.x, before.y);
      }
      // A line of length 0 would not be drawn.
      context.lineTo(point.x + (i === 0 ? 0.01 : 0), point.y);
      if (i + 1 === stroke.length || stroke[i + 1].width !== point.width) {
        context.lineWidth = point.width * width;
        context.stroke();
      }
    });
  }
}

/** Where the picture lies on the pad, and how much smaller it is. */
function pictureFrame() {
  const {width, height} = picture.bitmap;
  const scale = SIDE / Math.max(width, height);
  return {scale, left: (SIDE - width * scale) / 2, top: (SIDE - height * scale) / 2};
}

function paint() {
  const pixels = Math.round(pad.clientWidth * (window.devicePixelRatio || 1)) || SIDE;
  if (pad.width !== pixels) {
    pad.width = pixels;
    pad.height = pixels;
  }
  brush.setTransform(pixels / SIDE, 0, 0, pixels / SIDE, 0, 0);
  brush.clearRect(0, 0, SIDE, SIDE);
  let frame = {scale: 1, left: 0, top: 0};
  if (picture) {
    frame = pictureFrame();
    const {width, height} = picture.bitmap;
    brush.drawImage(
      picture.bitmap, frame.left, frame.top, width * frame.scale, height * frame.scale);
  } else {
    trace(brush, color('--ink'));
  }
  if (picture || found.length > 1) {
    found.forEach((digit, i) => paintBox(digit.box, frame, i === chosen));
  }
  if (cursor.shown) {
    brush.lineWidth = 2;
    brush.strokeStyle = color('--accent');
    brush.beginPath();
    brush.arc(cursor.x, cursor.y, pen() / 2 + 2, 0, 2 * Math.PI);
    brush.stroke();
  }
  byId('hint').hidden = Boolean(picture) || strokes.length > 0 || cursor.shown;
  byId('clear').disabled = !picture && strokes.length === 0;
  byId('undo').disabled = !picture && strokes.length === 0;
}

function paintBox(box, frame, bold) {
  brush.lineWidth = bold ? 2 : 1;
  brush.strokeStyle = color('--accent');
  brush.strokeRect(
    frame.left + box.x * frame.scale - 3, frame.top + box.y * frame.scale - 3,
    box.width * frame.scale + 6, box.height * frame.scale + 6);
}

function pointOf(event) {
  const bounds = pad.getBoundingClientRect();
  const width = event.pointerType === 'pen' && event.pressure > 0
    ? 0.5 + event.pressure : 1;
  return {
    x: (event.clientX - bounds.left) * SIDE / bounds.width,
    y: (event.clientY - bounds.top) * SIDE / bounds.height,
    width,
  };
}

function begin(point) {
  if (picture) {
    clear();
  }
  current = [point];
  strokes.push(current);
  changed();
}

function extend(point) {
  current.push(point);
  changed();
}

function clear() {
  picture = null;
  strokes.length = 0;
  current = null;
  changed();
}

function undo() {
  picture = null;
  strokes.pop();
  current = null;
  changed();
}

pad.addEventListener('pointerdown', (event) => {
  if (event.button !== 0 || !event.isPrimary) {
    return;
  }
  cursor.shown = false;
  pad.setPointerCapture(event.pointerId);
  begin(pointOf(event));
});
pad.addEventListener('pointermove', (event) => {
  if (current && event.isPrimary && pad.hasPointerCapture(event.pointerId)) {
    const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    (all.length > 0 ? all : [event]).forEach((part) => extend(pointOf(part)));
  }
});
for (const name of ['pointerup', 'pointercancel']) {
  pad.addEventListener(name, () => {
    current = null;
  });
}

pad.addEventListener('keydown', (event) => {
  const step = event.shiftKey ? FINE_STEP : STEP;
  const moves = {
    ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step],
  };
  const inside = (value) => Math.min(SIDE - PEN / 2, Math.max(PEN / 2, value));
  if (moves[event.key]) {
    cursor.x = inside(cursor.x + moves[event.key][0]);
    cursor.y = inside(cursor.y + moves[event.key][1]);
    cursor.shown = true;
    if (current) {
      extend({x: cursor.x, y: cursor.y, width: 1});
    }
  } else if (event.key === ' ') {
    cursor.shown = true;
    if (current) {
      current = null;
    } else {
      begin({x: cursor.x, y: cursor.y, width: 1});
    }
    speak(current ? 'Pen down' : 'Pen up');
  } else if (event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey))) {
    undo();
  } else if (event.key === 'Delete') {
    clear();
  } else {
    return;
  }
  event.preventDefault();
  paint();
});
pad.addEventListener('blur', () => {
  cursor.shown = false;
  current = null;
  paint();
});

// ---- Pictures

async function open(blob) {
  if (blob.size > model.limits.bodyBytes) {
    const most = Math.floor(model.limits.bodyBytes / 1024).toLocaleString('en');
    showProblem('this picture is too large: at most ' + most + ' KiB are taken');
    return;
  }
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob);
  } catch {
    showProblem((blob.name || 'this') + ' is not a picture that can be read: PNG, JPEG, GIF and BMP are');
    return;
  }
  strokes.length = 0;
  current = null;
  cursor.shown = false;
  picture = {bitmap, blob};
  changed();
}

byId('open').addEventListener('click', () => byId('file').click());
byId('camera').addEventListener('click', () => byId('photo').click());
for (const name of ['file', 'photo']) {
  byId(name).addEventListener('change', (event) => {
    if (event.target.files.length > 0) {
      open(event.target.files[0]);
    }
    event.target.value = '';
  });
}
byId('clear').addEventListener('click', clear);
byId('undo').addEventListener('click', undo);

document.addEventListener('dragover', (event) => {
  event.preventDefault();
  byId('drop').classList.add('dragged');
});
document.addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) {
    byId('drop').classList.remove('dragged');
  }
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  byId('drop').classList.remove('dragged');
  if (event.dataTransfer.files.length > 0) {
    open(event.dataTransfer.files[0]);
  }
});
document.addEventListener('paste', (event) => {
  if (event.clipboardData.files.length > 0) {
    open(event.clipboardData.files[0]);
  }
});

// ---- Requests: one at a time; after a change meanwhile comes another one

let version = 0;
let asking = false;
let settle = 0;

function changed() {
  version++;
  paint();
  clearTimeout(settle);
  settle = setTimeout(() => ask(true), SETTLED);
  ask(false);
}

function content() {
  if (picture) {
    return picture.blob;
  }
  const sheet = document.createElement('canvas');
  sheet.width = SIDE;
  sheet.height = SIDE;
  const context = sheet.getContext('2d');
  const light = model.input.wholePictures;
  context.fillStyle = light ? '#000' : '#fff';
  context.fillRect(0, 0, SIDE, SIDE);
  trace(context, light ? '#fff' : '#000');
  return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'));
}

async function ask(explain) {
  if (asking) {
    if (explain) {
      settle = setTimeout(() => ask(true), SETTLED);
    }
    return;
  }
  if (!picture && strokes.length === 0) {
    show([], false);
    return;
  }
  asking = true;
  const asked = version;
  try {
    const body = await content();
    const response = await send('/v1/predict?image=true&segment=true' + (explain ? '&explain=true' : ''), {
      method: 'POST', body, headers: {'Content-Type': body.type || 'application/octet-stream'},
    });
    const answer = await response.json();
    if (response.ok) {
      // A drawing that was cleared meanwhile stays cleared.
      if (picture || strokes.length > 0) {
        show(answer.predictions, explain);
        if (explain) {
          askOthers(body, asked);
        }
      }
    } else {
      showProblem(answer.detail);
    }
  } catch {
    showProblem('the server does not answer; is it still running?');
  }
  asking = false;
  if (asked !== version) {
    ask(false);
  }
}

/** What the models that are compared say of what was sent, in a line each. */
async function askOthers(body, asked) {
  for (let i = 0; i < model.compared.length; i++) {
    let name = model.compared[i];
    let said = 'no answer';
    try {
      const response = await send('/v1/predict/' + (i + 1) + '?segment=true', {
        method: 'POST', body, headers: {'Content-Type': body.type || 'application/octet-stream'},
      });
      const answer = await response.json();
      if (response.ok) {
        const digits = answer.predictions;
        const sure = Math.min(...digits.map((digit) => digit.probability));
        said = digits.length === 0 ? 'no digit' : digits.map((digit) => digit.digit).join(' ');
        name += digits.length === 0 ? '' : ', ' + percent(sure) + ' sure';
      }
    } catch {
      // It says so in its line.
    }
    if (asked !== version) {
      return;
    }
    const line = byId('others').children[i];
    line.querySelector('b').textContent = said;
    line.querySelector('span').textContent = name;
  }
}

// ---- Showing

function speak(text) {
  byId('spoken').textContent = text;
}

function showProblem(detail) {
  byId('problem').textContent = detail;
  byId('problem').hidden = false;
}

const percent = (share) => (share > 0.9995 && share < 1 ? '> 99.9' : (100 * share).toFixed(1)) + ' %';

function show(predictions, spoken) {
  byId('problem').hidden = true;
  if (predictions.length !== found.length) {
    const area = (digit) => digit.box.width * digit.box.height;
    chosen = predictions.reduce(
      (best, digit, i) => (area(digit) > area(predictions[best]) ? i : best), 0);
  }
  found = predictions;
  showChosen();
  if (spoken) {
    const said = found.map((digit) => digit.digit).join(' ');
    speak(found.length === 0 ? 'No digit was found' : said + ', ' + byId('sure').textContent);
  }
}

function showChosen() {
  const digits = byId('digits');
  const nothing = picture || strokes.length > 0 ? 'No digit was found' : 'Nothing is drawn yet';
  const digit = found[chosen];
  digits.classList.toggle('words', model.labels.some((label) => label.length > 2));
  if (found.length > 1) {
    digits.replaceChildren(...found.map((other, i) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = other.digit;
      button.setAttribute('aria-pressed', String(i === chosen));
      button.addEventListener('click', () => {
        chosen = i;
        showChosen();
      });
      return button;
    }));
  } else {
    digits.textContent = digit ? digit.digit : '–';
  }
  byId('sure').textContent = digit ? percent(digit.probability) + ' sure' : nothing;
  for (const row of byId('bars').rows) {
    const share = digit ? digit.probabilities[row.dataset.label] : 0;
    row.querySelector('i').style.width = 100 * share + '%';
    row.querySelector('.share').textContent = digit ? percent(share) : '';
    row.classList.toggle('best', Boolean(digit) && row.dataset.label === digit.digit);
  }
  byId('correct').hidden = !model.collects || !digit;
  for (const button of byId('labels').children) {
    button.setAttribute('aria-pressed', String(Boolean(digit) && digit.is === button.textContent));
  }
  byId('saved').textContent = digit && digit.is ? 'Saved as ' + digit.is : '';
  paintSeen(digit);
  paintWhy(digit);
  paint();
}

/** Saves what the network saw of the chosen digit under what it is. */
async function correct(label) {
  const digit = found[chosen];
  try {
    const response = await send('/v1/collect', {
      method: 'POST', body: JSON.stringify({label, image: digit.image}),
      headers: {'Content-Type': 'application/json'},
    });
    const answer = await response.json();
    if (response.ok) {
      digit.is = label;
      showChosen();
      byId('saved').textContent = 'Saved as ' + label + '; pictures saved: ' + answer.pictures;
      speak('Saved as ' + label);
    } else {
      showProblem(answer.detail);
    }
  } catch {
    showProblem('the server does not answer; is it still running?');
  }
}

/** A canvas of the network's size with a color [red, green, blue, alpha] for each pixel. */
function small(canvas, colorAt) {
  const {height, width} = model.input;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const data = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    data.data.set(colorAt(i), 4 * i);
  }
  context.putImageData(data, 0, 0);
  return canvas;
}

function paintSeen(digit) {
  const image = digit ? digit.image : null;
  small(byId('seen'), (i) => (image ? [image[i], image[i], image[i], 255] : [0, 0, 0, 255]));
  byId('seen').setAttribute(
    'aria-label', 'What the network sees: ' + (digit ? 'the digit, centred' : 'nothing yet'));
}

/** Ink that speaks for the answer is orange, ink that speaks against it blue. */
function paintWhy(digit) {
  const why = byId('why');
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const side = 224;
  why.width = side;
  why.height = Math.round(side * model.input.height / model.input.width);
  const context = why.getContext('2d');
  if (digit) {
    const grey = dark ? 190 : 110;
    const ink = small(
      document.createElement('canvas'), (i) => [grey, grey, grey, digit.image[i]]);
    context.imageSmoothingEnabled = false;
    context.drawImage(ink, 0, 0, why.width, why.height);
  }
  if (digit && digit.saliency) {
    const strongest = Math.max(1e-9, ...digit.saliency.map(Math.abs));
    const layer = small(document.createElement('canvas'), (i) => {
      const slope = digit.saliency[i];
      const alpha = 215 * Math.abs(slope) / strongest;
      return slope > 0 ? [230, 97, 0, alpha] : [44, 107, 209, alpha];
    });
    context.imageSmoothingEnabled = true;
    context.drawImage(layer, 0, 0, why.width, why.height);
  }
  why.setAttribute('aria-label', digit && digit.saliency
    ? 'Why: a map of the ink that speaks for ' + digit.digit + ' and against it'
    : 'Why: nothing yet');
}

function showModel() {
  const parts = [model.file];
  if (model.dataset !== 'unknown') {
    parts.push('trained on ' + model.dataset);
  }
  parts.push(model.parameters.toLocaleString('en') + ' parameters');
  if (model.metrics['test-accuracy'] !== undefined) {
    parts.push((100 * model.metrics['test-accuracy']).toFixed(2) + ' % right on its test images');
  }
  byId('model').textContent = parts.join(' · ');
  byId('bars').replaceChildren(...model.labels.map((label) => {
    const row = document.createElement('tr');
    row.dataset.label = label;
    const name = document.createElement('th');
    name.scope = 'row';
    name.textContent = label;
    const track = document.createElement('td');
    track.className = 'track';
    track.append(document.createElement('div'));
    track.firstChild.append(document.createElement('i'));
    const share = document.createElement('td');
    share.className = 'share';
    row.append(name, track, share);
    return row;
  }));
  byId('others').hidden = model.compared.length === 0;
  byId('others').replaceChildren(...model.compared.map((name) => {
    const line = document.createElement('li');
    line.append(document.createElement('b'), document.createElement('span'));
    line.firstChild.textContent = '–';
    line.lastChild.textContent = name;
    return line;
  }));
  byId('labels').replaceChildren(...model.labels.map((label) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => correct(label));
    return button;
  }));
  showChosen();
}

async function start() {
  paint();
  new ResizeObserver(paint).observe(pad);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showChosen);
  try {
    model = await (await send('/v1/model')).json();
    showModel();
  } catch {
    showProblem('the server does not answer; is it still running?');
  }
}

start();
