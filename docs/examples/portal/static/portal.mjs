// What a page does besides: all of it works without, but for the live list of rules.
import { check, message } from "/password-policy.mjs";

const find = (id) => document.getElementById(id);

/** Show or hide the password in a field, and say so on its button. */
const reveal = (input, button, visible) => {
  input.type = visible ? "text" : "password";
  button.textContent = visible ? button.dataset.hide : button.dataset.show;
  button.setAttribute("aria-pressed", String(visible));
};

/** Tick off the rules of a new password while it is typed. */
const follow = (field) => {
  const policy = JSON.parse(field.dataset.policy);
  const input = field.querySelector("input");
  const live = field.querySelector(".live");
  const show = field.querySelector(".show");
  const kinds = field.querySelector(".kinds");
  const rules = [...field.querySelectorAll(".rules li")];
  const codes = ["password.too_short", "password.too_few_kinds", "password.too_long"];
  const missing = ["password.too_few_lower", "password.too_few_upper", "password.too_few_digits", "password.too_few_special"];
  const oneOfEach = { ...policy, least: { lower: 1, upper: 1, digit: 1, special: 1 } };
  const codesOf = (asked) => new Set(check(asked, input.value).map((problem) => problem.code));
  let pause;

  const say = () => {
    const problems = check(policy, input.value);
    if (input.value === "") live.textContent = "";
    else live.textContent = problems.map((problem) => message(policy, problem)).join(" ") || field.dataset.accepted;
  };
  const look = () => {
    const broken = codesOf(policy);
    const lacking = codesOf(oneOfEach);
    rules.forEach((rule, place) => rule.classList.toggle("kept", input.value !== "" && !broken.has(codes[place])));
    [...kinds.children].forEach((kind, place) => kind.classList.toggle("there", !lacking.has(missing[place])));
    clearTimeout(pause);
    // A screen reader hears it when the typing pauses, and not at every key.
    pause = setTimeout(say, 700);
  };

  kinds.hidden = show.hidden = false;
  input.addEventListener("input", look);
  show.addEventListener("click", () => reveal(input, show, input.type === "password"));
  look();

  const generate = find("generate");
  if (generate) {
    generate.hidden = false;
    document.querySelector(".without-script").hidden = true;
    generate.addEventListener("click", async () => {
      const token = new FormData(input.form).get("csrf_token");
      const answer = await fetch(generate.dataset.address, { method: "POST", body: new URLSearchParams({ csrf_token: token }) });
      input.value = (await answer.json()).password;
      reveal(input, show, true);
      look();
      clearTimeout(pause);
      live.textContent = generate.dataset.done;
    });
  }
};

/** Say what the ticked roles still lack for the digital products. */
const tellReadiness = (place) => {
  const sentences = JSON.parse(place.dataset.sentences);
  const roles = [...document.querySelectorAll("[name=roles]")];
  const tell = () => {
    const held = roles.filter((role) => role.checked).map((role) => role.value);
    const sentence = sentences[held.join(" ")];
    place.textContent = sentence || place.dataset.ready;
    place.classList.toggle("ready", !sentence);
  };
  roles.forEach((role) => role.addEventListener("change", tell));
  tell();
};

document.querySelectorAll(".new-password").forEach(follow);
document.querySelectorAll("#readiness").forEach(tellReadiness);
find("copy")?.addEventListener("click", async (event) => {
  await navigator.clipboard.writeText(find("once").textContent);
  event.target.textContent = event.target.dataset.copied;
});
