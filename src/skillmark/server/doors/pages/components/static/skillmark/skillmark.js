// What makes the pages better where scripts run. Everything works without.
"use strict";
document.documentElement.classList.add("scripted");

for (const form of document.querySelectorAll("[data-theme-form]")) {
  form.addEventListener("submit", (event) => {
    const chosen = event.submitter && event.submitter.value;
    if (!chosen) return;
    event.preventDefault();
    document.documentElement.dataset.theme = chosen;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === event.submitter));
    }
    fetch(form.action, { method: "POST", body: new URLSearchParams({ theme: chosen, next: location.pathname }), redirect: "manual" });
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.classList.add("done");
    button.querySelector("path").setAttribute("d", "M4 12.5l5 5L20 6.5");
    setTimeout(() => button.querySelector("path").setAttribute("d", "M9 9h11v11H9zM5 15H4V4h11v1"), 2000);
  });
}

for (const form of document.querySelectorAll("[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const over = (on) => form.classList.toggle("over", on);
  form.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  form.addEventListener("dragleave", () => over(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

for (const box of document.querySelectorAll("[data-camera]")) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) continue;
  box.hidden = false;
  const video = box.querySelector("video");
  const status = box.querySelector("[data-camera-status]");
  const form = box.closest("form");
  box.querySelector("[data-camera-start]").addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      status.textContent = status.dataset.denied;
      return;
    }
    video.hidden = false;
    status.textContent = status.dataset.looking;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    const look = async () => {
      const codes = await detector.detect(video).catch(() => []);
      const found = codes.map((code) => code.rawValue).find((value) => /^https?:\/\//.test(value));
      if (!found) return setTimeout(look, 150);
      for (const track of video.srcObject.getTracks()) track.stop();
      form.querySelector("input[name=url]").value = found;
      form.requestSubmit();
    };
    look();
  });
}

const problem = document.getElementById("problem");
if (problem) problem.focus();
