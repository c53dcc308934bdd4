// Fields that were left empty stay out of the address.
export function enhanceForms() {
  const asking = [...document.forms].filter((form) => form.method === "get");
  for (const form of asking) form.addEventListener("formdata", ({ formData }) => dropEmpty(formData));
}

function dropEmpty(data) {
  for (const name of new Set(data.keys())) {
    const given = data.getAll(name).map((value) => value.trim()).filter(Boolean);
    data.delete(name);
    for (const value of given) data.append(name, value);
  }
}
