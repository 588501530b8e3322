// What makes the pages live. Everything else works without it.
"use strict";
(() => {
  const root = document.body.dataset.root || "./";
  const $ = (s, at = document) => at.querySelector(s);
  const all = (s, at = document) => [...at.querySelectorAll(s)];

  // The server writes times in the viewer's zone once it knows it.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes("helpdesk_zone=" + encodeURIComponent(zone))) {
    document.cookie = "helpdesk_zone=" + encodeURIComponent(zone) + "; path=/; max-age=31536000; samesite=lax";
  }

  // What was just done is said once: the address forgets it, and readers of screens are told although the page came with it.
  const address = new URL(location.href);
  if (address.searchParams.has("done")) {
    for (const name of ["done", "n", "of"]) address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
  }
  for (const said of all(".done")) setTimeout(() => said.replaceChildren(...said.childNodes), 250);

  // A form that is on its way is not sent twice. One that never arrives can be, a moment later.
  const sentAt = new WeakMap();
  document.addEventListener("submit", (e) => {
    if (e.target.method !== "post") return;
    if (Date.now() - (sentAt.get(e.target) || 0) < 3000) e.preventDefault();
    else sentAt.set(e.target, Date.now());
  });

  // Drafts stay in the browser until they stand in the conversation.
  const body = $("textarea[data-draft]");
  const draft = body && "helpdesk-draft-" + body.dataset.draft;
  if (body) {
    const stands = (text) => all(".message .body").some((b) => b.textContent.trim() === text.trim());
    try {
      const sent = localStorage.getItem(draft + "-sent");
      if (sent !== null && stands(sent)) localStorage.removeItem(draft);
      localStorage.removeItem(draft + "-sent");
      if (!body.value) body.value = localStorage.getItem(draft) || "";
    } catch { /* no storage */ }
    let told = 0;
    body.addEventListener("input", () => {
      try { body.value ? localStorage.setItem(draft, body.value) : localStorage.removeItem(draft); } catch { /* no storage */ }
      if (Date.now() - told > 4000) {
        told = Date.now();
        fetch(root + "tickets/" + body.dataset.draft + "/writing", { method: "POST" }).catch(() => {});
      }
    });
    body.form.addEventListener("submit", () => { try { if (body.value) localStorage.setItem(draft + "-sent", body.value); } catch { /* no storage */ } });
  }
  const insert = (text) => {
    if (!body) return;
    body.value = body.value.trim() ? body.value.trimEnd() + "\n\n" + text : text;
    body.dispatchEvent(new Event("input"));
    body.focus();
  };
  const use = $("#use");
  if (use) use.addEventListener("click", (e) => { e.preventDefault(); insert($("#suggested").textContent); });
  const macro = $("#macro");
  if (macro) macro.addEventListener("change", () => { if (macro.value) insert(macro.value); macro.value = ""; });

  // Live: the page fetches itself again and puts the new parts in place of the old. What the viewer has opened, chosen or typed stays, and
  // so does the focus.
  const ticket = $("[data-ticket]");
  const live = $("[data-live]");
  let pending = 0, stale = false, missed = false, fetched = 0, looked = Date.now();
  const here = ticket ? root + "tickets/" + ticket.dataset.ticket : location.href; // what was not sent is shown under another address
  const byID = (at, id) => id && $("#" + CSS.escape(id), at);
  const typing = (e) => e.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

  // spot says where something is in words that hold for the new page too.
  const spot = (f) => {
    const row = f.closest("[data-id]"), id = (e) => "#" + CSS.escape(e.id);
    if (f.id) return id(f);
    if (f.form?.id && f.name) return `${id(f.form)} [name="${CSS.escape(f.name)}"]`;
    if (f.localName === "summary" && f.parentNode.id) return id(f.parentNode) + " > summary";
    return row ? `[data-id="${CSS.escape(row.dataset.id)}"] ${f.localName}` : "";
  };

  // keep carries over what was opened and filled in.
  const keep = (old, now) => {
    for (const d of all("details[id]", old)) {
      const to = byID(now, d.id);
      if (to) to.open = d.open;
    }
    for (const f of all("form[id] :is(input, select, textarea):not([type=hidden])", old)) {
      const form = byID(now, f.form.id), to = form && $(`[name="${CSS.escape(f.name)}"]`, form);
      if (!to || !changed(f)) continue;
      to.value = f.value;
      const was = $("[name=was]", f.form); // what it was typed over
      if (was) $("[name=was]", form).value = was.value;
      for (const name of ["data-tried", "aria-invalid", "aria-describedby"]) if (f.hasAttribute(name)) to.setAttribute(name, f.getAttribute(name));
    }
  };

  // changed reports whether a field holds what somebody typed or chose; data-tried marks one whose form was sent in vain.
  const changed = (f) => "tried" in f.dataset || (f.options ? ![...f.options].every((o) => o.selected === o.defaultSelected) : f.value !== f.defaultValue);

  // loses reports whether the new part has no place for what somebody has typed in the old.
  const loses = (old, now) => all("form[id] :is(input, textarea):not([type=hidden])", old).some((f) => f.value.trim() && changed(f) && !byID(now, f.form.id));

  // swap puts a part in place of an older one, with the focus where it was.
  const swap = (old, now) => {
    const f = old.contains(document.activeElement) && document.activeElement;
    const css = f && spot(f), from = f && f.selectionStart, to = f && f.selectionEnd, value = f && f.value;
    keep(old, now);
    old.replaceWith(now);
    const again = css && (now.matches(css) ? now : $(css, now));
    if (!again) return;
    if (f.localName === "input" && f.type !== "checkbox") again.value = value;
    again.focus({ preventScroll: true });
    if (typeof from === "number") again.setSelectionRange(from, to);
  };

  // settle brings the children of an element up to date, one by one. Where somebody types or chooses, it waits until they have left.
  const settle = (old, page) => {
    const wanted = new Set([...page.children].map((e) => e.id));
    let last = null;
    for (const next of [...page.children]) {
      const is = [...old.children].find((e) => e.id === next.id);
      const then = is && $("time", is), now = $("time", next);
      if (then && now && then.dateTime === now.dateTime) then.replaceWith(now.cloneNode(true)); // "5m ago" is no news
      if (is) keep(is, next);
      const keeps = is && (typing(is) || is.isEqualNode(next) || loses(is, next) || "later" in next.dataset); // what came later stays
      if (is && typing(is)) stale = true;
      if (is && !keeps) swap(is, next);
      if (!is) last ? last.after(next) : old.prepend(next);
      last = keeps ? is : next;
    }
    for (const e of [...old.children]) {
      if (!wanted.has(e.id) && !typing(e)) e.remove();
    }
  };

  // ring shows how many notices are unread, beside the bell and in the title.
  const ring = (text) => {
    const count = $("#bell .count");
    if (!count) return;
    count.hidden = !text;
    count.firstChild.data = text + " ";
    document.title = (text ? "(" + text + ") " : "") + document.title.replace(/^\(\d+\+?\) /, "");
  };

  const refresh = async () => {
    pending = 0;
    if (document.hidden) { // nobody looks: once when somebody does
      missed = true;
      return;
    }
    stale = missed = false;
    fetched = looked = Date.now();
    let page;
    try {
      const answer = await fetch(here, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const name of ["href", "src", "action", "formaction"]) { // they are relative to its address
        for (const e of all("main [" + name + "], .side [" + name + "]", page)) {
          const to = e.getAttribute(name);
          if (!to.startsWith("#")) e.setAttribute(name, new URL(to, answer.url).href);
        }
      }
    } catch { return; }
    const rung = $("#bell .count", page);
    if (rung) ring(rung.hidden ? "" : rung.firstChild.data.trim());
    const picked = new Set(all("[data-live] input:checked").map((i) => i.value));
    const acts = $("#act")?.value, value = $("#f-bulk")?.value;
    const known = new Set(all(".queue li").map((li) => li.dataset.id));
    const at = $(".queue li.at")?.dataset.id;
    const seen = $("#write [name=seen]"), last = $("#write [name=seen]", page);
    if (seen && last && !body.value.trim()) seen.value = last.value; // somebody who writes is told of it on sending
    for (const s of [".side nav", ".facts", "#talk > .messages"]) {
      const old = $(s), now = $(s, page);
      if (old && now) s === ".side nav" ? old.replaceChildren(...now.childNodes) : settle(old, now); // a menu that is open stays so
    }
    for (const s of ["#list", ".ticket > .top", ".history"]) {
      const old = $(s), now = $(s, page);
      if (old && now) swap(old, now);
    }
    for (const box of all("[data-live] input[type=checkbox]")) box.checked = picked.has(box.value);
    if (acts && $("#act")) $("#act").value = acts;
    if (value && $("#f-bulk")) $("#f-bulk").value = value;
    for (const li of all(".queue li")) {
      if (known.size && !known.has(li.dataset.id)) li.classList.add("fresh");
      if (li.dataset.id === at) li.classList.add("at");
    }
  };
  // Much may happen at once, in front of many pages: each fetches itself every two seconds at most.
  const soon = () => {
    if (document.hidden) missed = true;
    else if (!pending) pending = setTimeout(refresh, Math.max(250, fetched + 2000 - Date.now()));
  };
  document.addEventListener("focusout", () => { if (stale) soon(); });
  if ((live || ticket) && "EventSource" in window && !new URLSearchParams(location.search).has("after")) {
    let cut = false;
    const source = new EventSource(root + "events" + (ticket ? "?ticket=" + ticket.dataset.ticket : ""));
    source.addEventListener("change", soon);
    source.addEventListener("notices", (e) => {
      ring(JSON.parse(e.data).text);
      if ($("[data-notices]")) soon();
    });
    source.addEventListener("presence", (e) => {
      const line = $("#presence");
      if (!line) return;
      line.textContent = JSON.parse(e.data).text;
      line.hidden = !line.textContent;
    });
    source.addEventListener("open", () => { if (cut) soon(); }); // what happened meanwhile was told to nobody
    source.addEventListener("error", () => { cut = true; });
    addEventListener("pagehide", () => source.close());
  }
  if (live || ticket) {
    const minute = 60000; // times go on
    setInterval(() => { if (!document.hidden) soon(); }, minute);
    document.addEventListener("visibilitychange", () => { if (!document.hidden && (missed || Date.now() - looked > minute)) soon(); });
  }

  // Sections that take their time come when the page is there: the first of them before what it would have to share the database with.
  const follow = (old) => fetch(old.dataset.later, { headers: { Accept: "text/html", "X-Fragment": "1" } }).then(async (answer) => {
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), now = page.getElementById(old.id);
    for (const a of all("a[href]", now)) a.setAttribute("href", new URL(a.getAttribute("href"), answer.url).href);
    old.replaceWith(now);
  }).catch(() => old.removeAttribute("aria-busy")); // the link in it stays
  const [soonest, ...others] = all("[data-later]");
  if (soonest) follow(soonest).then(() => others.forEach(follow));

  // The search box completes the word at the cursor: a combobox with a list, as the ARIA practices describe it.
  const q = $("#q"), known = $("#operators");
  if (q && known) {
    const offers = [...known.options].map((o) => ({ value: o.value, text: o.label, find: [o.value.replaceAll('"', ""), ...o.label.split(/\s+/).map((w) => o.value.replace(/:.*/, ":") + w)].map((f) => f.toLowerCase()) }));
    const box = document.createElement("ul");
    box.id = "offers";
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", known.dataset.label);
    box.hidden = true;
    known.remove();
    q.removeAttribute("list");
    q.type = "text"; // a search field has a role of its own
    q.after(box);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "offers", "aria-expanded": "false" })) q.setAttribute(name, value);
    let at = -1;
    const word = () => {
      const left = q.value.slice(0, q.selectionStart), last = left.match(/(?:[^\s"]|"[^"]*"?)+/g)?.at(-1) || "";
      return left.endsWith(last) ? last.replace(/^-/, "") : "";
    };
    const point = (i) => {
      const rows = all("li", box);
      at = rows.length ? (i + rows.length) % rows.length : -1;
      rows.forEach((r, n) => r.setAttribute("aria-selected", n === at));
      if (at < 0) return q.removeAttribute("aria-activedescendant");
      q.setAttribute("aria-activedescendant", rows[at].id);
      rows[at].scrollIntoView({ block: "nearest" });
    };
    const close = () => {
      box.hidden = true;
      box.replaceChildren();
      q.setAttribute("aria-expanded", "false");
      q.removeAttribute("aria-activedescendant");
      at = -1;
    };
    const take = (row) => {
      const typed = word(), value = row.dataset.value, end = q.selectionStart, from = end - typed.length;
      const whole = value + (value.endsWith(":") ? "" : " ");
      q.value = q.value.slice(0, from) + whole + q.value.slice(end).trimStart();
      q.setSelectionRange(from + whole.length, from + whole.length);
      q.focus();
      value.endsWith(":") ? offer() : close();
    };
    const offer = () => {
      const typed = word().toLowerCase().replaceAll('"', "");
      const fits = typed.length > 1 ? offers.filter((o) => o.find[0] !== typed && o.find.some((f) => f.startsWith(typed))).slice(0, 8) : [];
      close();
      for (const [i, o] of fits.entries()) {
        const row = document.createElement("li"), what = document.createElement("b"), text = document.createElement("span");
        row.id = "offer-" + i;
        row.dataset.value = o.value;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        what.textContent = o.value;
        text.textContent = o.text;
        row.append(what, " ", text);
        row.addEventListener("pointerdown", (e) => { e.preventDefault(); take(row); });
        box.append(row);
      }
      box.hidden = !fits.length;
      q.setAttribute("aria-expanded", String(fits.length > 0));
    };
    q.addEventListener("input", offer);
    q.addEventListener("blur", close);
    q.addEventListener("keydown", (e) => {
      if (box.hidden) return;
      if (e.key === "ArrowDown") point(at + 1);
      else if (e.key === "ArrowUp") point(at < 0 ? -1 : at - 1);
      else if (e.key === "Enter" && at >= 0) take(all("li", box)[at]);
      else if (e.key === "Escape") { close(); e.stopPropagation(); }
      else return;
      e.preventDefault();
    });
  }

  // Keys: "?" lists them. Who does not want single keys taken turns them off there.
  for (const e of all("[data-script]")) e.hidden = false;
  const help = $("#keys"), off = $("#keys-off");
  try { if (off) off.checked = localStorage.getItem("helpdesk-keys") === "off"; } catch { /* no storage */ }
  off?.addEventListener("change", () => { try { localStorage.setItem("helpdesk-keys", off.checked ? "off" : "on"); } catch { /* no storage */ } });
  let before = "";
  document.addEventListener("keydown", (e) => {
    const field = e.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (field) {
      if (e.key === "Escape") field.blur();
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && field === body) body.form.requestSubmit($("button", body.form));
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey || off?.checked) return;
    if (e.key === "?") help?.togglePopover();
    if (help?.matches(":popover-open")) return;
    const rows = all(".queue li"), at = rows.findIndex((r) => r.classList.contains("at"));
    const go = (i) => {
      if (!rows.length) return;
      rows[at]?.classList.remove("at");
      const row = rows[Math.max(0, Math.min(rows.length - 1, i))];
      row.classList.add("at");
      row.scrollIntoView({ block: "nearest" });
      $("a", row).focus({ preventScroll: true });
    };
    switch (before + e.key) {
      case "j": go(at + 1); break;
      case "k": go(at < 0 ? 0 : at - 1); break;
      case "x": if (rows[at]) $("input", rows[at]).click(); break;
      case "/": $("#q")?.focus(); e.preventDefault(); break;
      case "r": body?.focus(); e.preventDefault(); break;
      case "s": use?.click(); e.preventDefault(); break;
      case "t": $("[data-key=t]")?.click(); break;
      case "gi": location.href = root; break;
    }
    before = e.key === "g" ? "g" : "";
  });
})();
