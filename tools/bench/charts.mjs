export async function charts() {
  return {};
}
