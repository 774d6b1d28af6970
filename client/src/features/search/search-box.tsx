import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import { focusMain } from "../../shared/ui/focus-main.ts";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";

const searchPath = "/search";

/** Searches as one types; leaves for where one was when it is emptied. */
export function SearchBox() {
  const { t } = useTranslation();
  const [path, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const input = useRef<HTMLInputElement>(null);
  const cameFrom = useRef("/");
  const isSearching = path === searchPath;
  const [text, setText] = useState(isSearching ? (parameters.get("q") ?? "") : "");
  useShortcuts({ "/": () => input.current?.focus() });
  useEffect(() => {
    if (isSearching) return;
    cameFrom.current = path;
    setText("");
  }, [isSearching, path]);

  const search = (wanted: string) => {
    setText(wanted);
    if (wanted === "") navigate(cameFrom.current);
    else navigate(`${searchPath}?q=${encodeURIComponent(wanted)}`, { replace: isSearching });
  };
  return (
    <TextInput
      ref={input}
      type="search"
      role="searchbox"
      aria-label={t(($) => $.search.label)}
      placeholder={t(($) => $.search.label)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text !== "" && <CloseButton size="sm" onClick={() => search("")} aria-label={t(($) => $.search.clear)} />
      }
      value={text}
      onChange={(event) => search(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        search("");
        focusMain();
      }}
      maxLength={200}
      w="100%"
      maw={320}
    />
  );
}
