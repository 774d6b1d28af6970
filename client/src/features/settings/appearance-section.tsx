import { Input, NativeSelect, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, type Language, languages } from "../../shared/i18n/i18n.ts";
import { chooseWeekStart, chosenWeekStart, useWeekStart, weekStartOf, weekStarts } from "../../shared/week-start.ts";
import { Section } from "./section.tsx";
import classes from "./settings-page.module.css";

/** How the app looks on this device. */
export function AppearanceSection() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useWeekStart(); // shows it anew when it changes
  return (
    <Section title={t(($) => $.settings.appearance)}>
      <Choice
        label={t(($) => $.settings.theme)}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={(["auto", "light", "dark"] as const).map((value) => ({ value, label: t(($) => $.settings[value]) }))}
      />
      <Choice
        label={t(($) => $.settings.language)}
        value={i18n.language}
        onChange={(value) => chooseLanguage(value as Language)}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      />
      <NativeSelect
        className={classes.form as string}
        label={t(($) => $.settings.weekStart)}
        value={chosenWeekStart() ?? ""}
        onChange={({ currentTarget }) => chooseWeekStart(weekStarts.find((one) => one === currentTarget.value) ?? null)}
        data={[
          { value: "", label: t(($) => $.settings.weekStartAuto, { day: dayName(weekStartOf(null), i18n.language) }) },
          ...weekStarts.map((value) => ({ value, label: dayName(weekStartOf(value), i18n.language) })),
        ]}
      />
    </Section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly data: { value: string; label: string }[];
}

function Choice({ label, ...control }: ChoiceProps) {
  const id = useId();
  return (
    <Input.Wrapper label={label} labelElement="div" labelProps={{ id }} className={classes.form as string}>
      <SegmentedControl fullWidth aria-labelledby={id} {...control} />
    </Input.Wrapper>
  );
}

/** The name of a day of the week, of which 0 is Sunday. */
function dayName(day: number, language: string): string {
  const sunday = Date.UTC(2026, 10, 22);
  const format = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  return format.format(sunday + day * 24 * 60 * 60 * 1_000);
}
