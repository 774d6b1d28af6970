import "@mantine/dates/styles.css";
import "dayjs/locale/es";
import { DateInput } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatDay, today } from "../../shared/dates.ts";
import { useWeekStart } from "../../shared/week-start.ts";
import { readQuickAdd } from "../quick-add/quick-add.ts";

interface DueDateInputProps {
  /** A calendar day, as in 2026-11-24. */
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
}

/** A day: picked from a calendar, or written as in the line for a new task. */
export function DueDateInput({ value, onChange }: DueDateInputProps) {
  const { t, i18n } = useTranslation();
  const firstDayOfWeek = useWeekStart();
  return (
    <DateInput
      label={t(($) => $.editor.due)}
      placeholder={t(($) => $.editor.dueHint)}
      value={value}
      onChange={onChange}
      dateParser={(text) => readQuickAdd(`x ${text}`, { today: today(), lists: [] }).dueDate}
      valueFormat={(day) => formatDay(day, i18n.language, "short")}
      locale={i18n.language}
      firstDayOfWeek={firstDayOfWeek}
      leftSection={<IconCalendar size={16} />}
      ariaLabels={{
        previousMonth: t(($) => $.editor.previousMonth),
        nextMonth: t(($) => $.editor.nextMonth),
        previousYear: t(($) => $.editor.previousYear),
        nextYear: t(($) => $.editor.nextYear),
        previousDecade: t(($) => $.editor.previousDecade),
        nextDecade: t(($) => $.editor.nextDecade),
      }}
      weekendDays={[]}
      hideOutsideDates
      onKeyDown={(event) => {
        // The first Escape closes the calendar; the next one is the editor's.
        if (event.key === "Escape" && document.querySelector("[data-dates-dropdown]")) event.stopPropagation();
      }}
      clearable
      clearButtonProps={{ "aria-label": t(($) => $.editor.noDue) }}
      popoverProps={{ withinPortal: false, transitionProps: { duration: 0 } }}
    />
  );
}
