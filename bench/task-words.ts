/** What synthetic tasks are made of: people in their own words. */
export const doings = [
  "Llamar a",
  "Escribir a",
  "Preparar el informe de",
  "Revisar la factura de",
  "Comprar algo para",
];
export const people = ["Lucía", "Óscar", "la comunidad", "Marta y Joan", "el taller", "Begoña", "la gestoría"];
export const tags = ["casa", "trabajo", "recados", "lectura", "salud"];
/** Most have none. */
export const priorities = ["NONE", "NONE", "NONE", "LOW", "MEDIUM", "HIGH", "URGENT"] as const;

/** The i-th, beginning anew at the end. */
export const pick = <T>(from: readonly T[], i: number): T => from[i % from.length] as T;
