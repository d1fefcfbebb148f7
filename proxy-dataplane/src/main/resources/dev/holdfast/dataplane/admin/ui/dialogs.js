// The two questions that the page asks. Both are answered by keyboard alone, and Escape is a no.

const confirmation = document.getElementById("confirm");
const tokens = document.getElementById("token");

/**
 * Asks before something is done.
 *
 * @param option what the checkbox says; null for none
 * @return null for no, otherwise whether the checkbox is set
 */
export async function confirm({ title, text, yes, option = null }) {
  const checkbox = confirmation.querySelector("input");
  confirmation.querySelector("h2").textContent = title;
  document.getElementById("confirm-text").textContent = text;
  document.getElementById("confirm-option").hidden = option === null;
  confirmation.querySelector("label span").textContent = option ?? "";
  checkbox.checked = false;
  confirmation.querySelector(".main").textContent = yes;
  return (await closed(confirmation)) === "ok" ? checkbox.checked : null;
}

/** Asks for a token. @return the token, "" to forget the one there is, or null to leave it */
export async function askToken(why) {
  const field = tokens.querySelector("input");
  document.getElementById("token-text").textContent = why;
  field.value = "";
  const answer = await closed(tokens);
  const given = field.value.trim();
  field.value = "";
  if (answer === "forget") {
    return "";
  }
  return answer === "ok" && given !== "" ? given : null;
}

/** Shows the dialog; whoever asks while it is open gets the same answer. */
function closed(dialog) {
  if (!dialog.open) {
    dialog.returnValue = "cancel";
    dialog.showModal();
  }
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
