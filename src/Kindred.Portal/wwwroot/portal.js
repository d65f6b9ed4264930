// What a page does without asking the server: theme, copying, menus and dialogs, the reconnect dialog, drafts, uploads.
const root = document.documentElement;

document.addEventListener("click", async (event) => {
  const target = event.target;
  if (target.closest("[data-theme-set]")) switchTheme();
  if (target.closest("[data-reload]")) { event.preventDefault(); location.reload(); }
  const opens = target.closest("[data-open]");
  if (opens) document.getElementById(opens.dataset.open)?.showModal();
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  if (target instanceof HTMLDialogElement && target.classList.contains("k-modal")) target.close(); // its backdrop
  const copy = target.closest("[data-copy]");
  if (copy) await copyFrom(copy);
  if (target.closest("#nav a")) { const nav = document.getElementById("nav"); if (nav.matches(":popover-open")) nav.hidePopover(); }
  for (const menu of document.querySelectorAll("details[data-menu][open], details.k-project[open]")) {
    if (!menu.contains(target) || target.closest("a, .k-menu button")) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const jump = document.getElementById("jump");
    if (jump && !jump.open) { event.preventDefault(); jump.showModal(); document.getElementById("jump-text").select(); }
  }
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details[data-menu][open], details.k-project[open]")) {
      menu.open = false; menu.querySelector("summary").focus();
    }
  }
  if (event.target.closest?.("#jump") && ["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) moveInJump(event);
});

function moveInJump(event) {
  const links = [...document.querySelectorAll("#jump-list a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "Enter") { if (at < 0 && links.length > 0) { event.preventDefault(); links[0].click(); } return; }
  event.preventDefault();
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  if (next < 0) document.getElementById("jump-text").focus(); else links[Math.min(next, links.length - 1)]?.focus();
}

// A row's menu lies above everything, beside the button that opened it.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (event.newState !== "open" || !menu.classList?.contains("k-popmenu")) return;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
  const below = button.bottom + 4 + menu.offsetHeight <= innerHeight;
  menu.style.left = `${Math.max(8, button.right - menu.offsetWidth)}px`;
  menu.style.top = `${below ? button.bottom + 4 : Math.max(8, button.top - 4 - menu.offsetHeight)}px`;
}, true);

document.addEventListener("click", (event) => {
  const menu = event.target.closest(".k-popmenu");
  if (menu && event.target.closest("a, button")) menu.hidePopover();
});

// Words beside a text: one that is clicked goes where the caret is, and completes what was begun there.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert], [data-caret]");
  const field = button && document.getElementById(button.closest("[data-into]").dataset.into);
  if (button?.dataset.insert) insertWord(field, button.dataset.insert);
  else if (button) { field.focus(); field.setSelectionRange(button.dataset.caret, button.dataset.caret); }
});

const begunIn = (field) => /[\w.$]*$/.exec(field.value.slice(0, field.selectionStart))[0].toLowerCase();
const fits = (word, begun) => begun.length > 0 && (word.startsWith(begun) || word.split(".").at(-1).startsWith(begun));

function insertWord(field, word) {
  const begun = begunIn(field), from = field.selectionStart - (fits(word.toLowerCase(), begun) ? begun.length : 0);
  const before = field.value.slice(0, from), space = before === "" || /[\s(]$/.test(before) ? "" : " ";
  field.setRangeText(`${space}${word} `, from, field.selectionEnd, "end");
  const inside = word.endsWith("()") ? field.selectionStart - 2 : field.selectionStart;
  field.focus();
  field.setSelectionRange(inside, inside);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  if (!event.target.dataset?.words) return;
  const begun = begunIn(event.target);
  for (const button of document.querySelectorAll(`#${event.target.dataset.words} [data-insert]`)) {
    button.classList.toggle("k-fits", fits(button.dataset.insert.toLowerCase(), begun));
  }
});

document.addEventListener("keydown", (event) => {
  const words = event.target.dataset?.words;
  if (!words || !event.ctrlKey || event.code !== "Space") return;
  const first = document.querySelector(`#${words} .k-fits`);
  event.preventDefault();
  if (first) insertWord(event.target, first.dataset.insert);
});

function switchTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}

async function copyFrom(button) {
  const node = document.getElementById(button.dataset.copy);
  try { await navigator.clipboard.writeText(node.value ?? node.innerText); } catch { selectAndCopy(node); }
  const label = button.querySelector("span"), before = label.textContent;
  label.textContent = "Copied";
  setTimeout(() => { label.textContent = before; }, 1500);
}

function selectAndCopy(node) { // plain http beyond loopback has no clipboard API
  const range = document.createRange(), selection = getSelection();
  range.selectNodeContents(node);
  selection.removeAllRanges();
  selection.addRange(range);
  document.execCommand("copy");
}

const reconnect = document.getElementById("components-reconnect-modal");
reconnect?.addEventListener("components-reconnect-state-changed", (event) => {
  const state = event.detail.state;
  if (state === "show") reconnect.show();
  else if (state === "hide") reconnect.close();
  else if (state === "rejected") location.reload();
});
document.getElementById("k-retry")?.addEventListener("click", async () => {
  try {
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) location.reload(); else reconnect.close();
  } catch { /* still away: the dialog stays */ }
});

// What was typed in a [data-draft] region survives a reload: after a restart of the server the circuit is gone, and the page with it. A
// region that a living page takes away, such as a dialog that is closed, is forgotten.
const draftFields = "input:not([type=file]):not([type=password]):not([type=radio]):not([type=checkbox]), textarea";
const isReload = performance.getEntriesByType("navigation")[0]?.type === "reload";
let wasLive = false;

const draftKey = (field) => `draft:${location.pathname}:${field.closest("[data-draft]").dataset.draft}:${field.id || field.name}`;
const fieldsOf = (node) => node.nodeType === Node.ELEMENT_NODE
  ? [...node.querySelectorAll(draftFields)].filter((field) => field.closest("[data-draft]")) : [];

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.matches?.(draftFields) && field.closest("[data-draft]")) sessionStorage.setItem(draftKey(field), field.value);
});

function restoreDrafts(node) {
  for (const field of fieldsOf(node)) {
    const kept = sessionStorage.getItem(draftKey(field));
    if (!kept || field.value === kept) continue;
    field.value = kept;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

if (document.querySelector("[data-live]")) {
  new MutationObserver((changes) => {
    if (!document.querySelector("[data-live=yes]")) return;
    if (!wasLive) {
      wasLive = true;
      if (isReload) setTimeout(() => restoreDrafts(document.body), 50);
      return;
    }
    for (const change of changes) {
      for (const node of change.removedNodes) for (const field of fieldsOf(node)) sessionStorage.removeItem(draftKey(field));
      if (isReload) for (const node of change.addedNodes) restoreDrafts(node);
    }
  }).observe(document.body, { attributes: true, subtree: true, attributeFilter: ["data-live"], childList: true });
}

// Sends a file past the circuit, so that its size does not matter, and shows how far it is.
function upload(zone, file, component, address) {
  const bar = zone.querySelector("[role=progressbar]"), note = zone.querySelector(".k-drop-note"), request = new XMLHttpRequest();
  const rest = (state) => { zone.dataset.upload = state; zone.querySelector("input[type=file]").value = ""; delete zone.request; };
  const fail = (message) => { rest("idle"); component.invokeMethodAsync("Failed", message); };
  zone.request = request;
  zone.dataset.upload = "busy";
  zone.querySelector(".k-drop-name").textContent = file.name;
  request.upload.onprogress = (event) => {
    const percent = Math.round(100 * event.loaded / event.total);
    bar.setAttribute("aria-valuenow", percent);
    bar.firstElementChild.style.width = `${percent}%`;
    note.textContent = percent < 100 ? `${percent} % of ${megabytes(event.total)}` : "Writing to disk…";
  };
  request.onerror = () => fail("The connection was lost. Choose the file again.");
  request.onabort = () => rest("idle");
  request.onload = () => {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { /* not from us: a proxy's own page */ }
    if (request.status === 200) { rest("idle"); component.invokeMethodAsync("UploadedAsync", answer.location); }
    else fail(answer.message ?? `The server answered ${request.status}. Try again, or ask whoever runs it.`);
  };
  request.open("POST", `${address}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("RequestVerificationToken", zone.querySelector("input[name=__RequestVerificationToken]").value);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.send(file);
}

function megabytes(bytes) { return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`; }

// Called by components.
window.kindred = {
  attachUpload(zone, component, address) {
    const input = zone.querySelector("input[type=file]");
    input.addEventListener("change", () => { if (input.files.length > 0) upload(zone, input.files[0], component, address); });
    for (const kind of ["dragenter", "dragover"]) input.addEventListener(kind, () => zone.classList.add("k-drop-over"));
    for (const kind of ["dragleave", "drop"]) input.addEventListener(kind, () => zone.classList.remove("k-drop-over"));
    zone.querySelector("[data-upload-cancel]").addEventListener("click", () => zone.request?.abort());
    zone.dataset.ready = "yes";
  },
  stars(place) { try { return JSON.parse(localStorage.getItem(`stars:${place}`)) ?? []; } catch { return []; } },
  setStars(place, names) { localStorage.setItem(`stars:${place}`, JSON.stringify(names)); },
  detachUpload(zone) { zone?.request?.abort(); },
  showModal(dialog) { if (!dialog.open) dialog.showModal(); },
  closeModal(dialog) { if (dialog.open) dialog.close(); },
};

// Times are in UTC, because the server does not know the zone; the pointer shows them in the reader's own.
document.addEventListener("mouseover", (event) => {
  const time = event.target.closest?.("time[datetime]");
  if (time && !time.title) time.title = new Date(time.dateTime).toLocaleString();
});

// It does not bubble, but can be caught on its way down. A picture may have come before this file did.
document.addEventListener("load", (event) => { if (event.target instanceof HTMLImageElement) event.target.dataset.loaded = ""; }, true);
for (const picture of document.images) if (picture.complete && picture.naturalWidth > 0) picture.dataset.loaded = "";
