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

  // Drafts stay in the browser until they are sent.
  const body = $("textarea[data-draft]");
  const draft = body && "helpdesk-draft-" + body.dataset.draft;
  if (body) {
    try { if (!body.value) body.value = localStorage.getItem(draft) || ""; } catch { /* no storage */ }
    let told = 0;
    body.addEventListener("input", () => {
      try { body.value ? localStorage.setItem(draft, body.value) : localStorage.removeItem(draft); } catch { /* no storage */ }
      if (Date.now() - told > 4000) {
        told = Date.now();
        fetch(root + "tickets/" + body.dataset.draft + "/writing", { method: "POST" }).catch(() => {});
      }
    });
    body.form.addEventListener("submit", () => { try { localStorage.removeItem(draft); } catch { /* no storage */ } });
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

  // Live: the page fetches itself again and puts what is marked data-live in place of the old.
  const ticket = $("[data-ticket]");
  const live = $("[data-live]");
  let pending = 0;
  const here = ticket ? root + "tickets/" + ticket.dataset.ticket : location.href; // what was not sent is shown under another address
  const refresh = async () => {
    pending = 0;
    const picked = new Set(all("[data-live] input:checked").map((i) => i.value));
    const acts = $(".acts select", live || document)?.value, value = $("#val")?.value;
    const known = new Set(all(".queue li").map((li) => li.dataset.id));
    const at = $(".queue li.at")?.dataset.id;
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
    const seen = $("#write [name=seen]"), last = $("#write [name=seen]", page);
    if (seen && last && !body.value.trim()) seen.value = last.value; // somebody who writes is told of it on sending
    for (const s of ["[data-live]", ".side nav", ".ticket > .top", ".facts"]) {
      const old = $(s), now = $(s, page);
      if (!old || !now || (s === ".facts" && old.contains(document.activeElement))) continue;
      old.replaceWith(now);
    }
    for (const box of all("[data-live] input[type=checkbox]")) box.checked = picked.has(box.value);
    if (acts && $("#act")) $("#act").value = acts;
    if (value && $("#val")) $("#val").value = value;
    for (const li of all(".queue li")) {
      if (known.size && !known.has(li.dataset.id)) li.classList.add("fresh");
      if (li.dataset.id === at) li.classList.add("at");
    }
  };
  if ((live || ticket) && "EventSource" in window && !new URLSearchParams(location.search).has("after")) {
    const source = new EventSource(root + "events" + (ticket ? "?ticket=" + ticket.dataset.ticket : ""));
    source.addEventListener("change", () => { if (!pending) pending = setTimeout(refresh, 250); });
    source.addEventListener("presence", (e) => {
      const line = $("#presence");
      if (!line) return;
      line.textContent = JSON.parse(e.data).text;
      line.hidden = !line.textContent;
    });
    addEventListener("pagehide", () => source.close());
  }
  if (live || ticket) setInterval(() => { if (!document.hidden && !pending) pending = setTimeout(refresh, 0); }, 60000); // times go on

  // Sections that take their time come when the page is there.
  for (const old of all("[data-later]")) {
    fetch(old.dataset.later, { headers: { Accept: "text/html" } }).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html"), now = page.getElementById(old.id);
      for (const a of all("a[href]", now)) a.setAttribute("href", new URL(a.getAttribute("href"), answer.url).href);
      old.replaceWith(now);
    }).catch(() => old.removeAttribute("aria-busy")); // the link in it stays
  }

  // Keys: j and k move, Enter opens, x picks, / searches, r writes, s takes the suggestion, g then i goes to the inbox.
  let before = "";
  document.addEventListener("keydown", (e) => {
    const field = e.target.closest("input, textarea, select, [contenteditable]");
    if (field) {
      if (e.key === "Escape") field.blur();
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && field === body) body.form.requestSubmit($("button", body.form));
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
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
