import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { es } from "./es.ts";

export const languages = { es: "Español", en: "English" } as const;
export type Language = keyof typeof languages;

const storedAs = "tareas:language";

/** The language that was chosen, else the first of the browser's that there is, else Spanish. */
function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(storedAs), ...navigator.languages];
  const known = wanted.map((tag) => tag?.slice(0, 2)).find((tag) => tag !== undefined && tag in languages);
  return (known as Language | undefined) ?? "es";
}

export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    lng: preferredLanguage(),
    fallbackLng: false,
    resources: { es: { translation: es }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React does
    initAsync: false,
  });
  i18next.on("languageChanged", showLanguage);
  showLanguage(i18next.language);
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(storedAs, language);
  void i18next.changeLanguage(language);
}

function showLanguage(language: string): void {
  document.documentElement.lang = language;
}

declare module "i18next" {
  interface CustomTypeOptions {
    enableSelector: true;
    resources: { translation: typeof es };
  }
}
