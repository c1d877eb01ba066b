#!/usr/bin/env python3
"""The .ts files hold every string of app/gui, translated. LUPDATE names Qt's lupdate."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as xml

GUI = pathlib.Path(__file__).resolve().parents[2] / "app/gui"
TRANSLATIONS = GUI / "translations"
PLACEHOLDER = re.compile(r"%L?\d+|%n|<[^>]*>")


def messages(file):
    """(context, source, comment) of every message, with the list of its translations."""
    found = {}
    for context in xml.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"),
                   message.findtext("comment"))
            found[key] = message.find("translation")
    return found


def forms(translation):
    plurals = [form.text or "" for form in translation.iter("numerusform")]
    return plurals or [translation.text or ""]


def updated_copy(file, folder, plurals_only):
    copy = pathlib.Path(folder) / file.name
    shutil.copy(file, copy)
    subprocess.run(
        [os.environ["LUPDATE"], ".", "-I", "..", "-silent", "-locations", "none",
         "-source-language", "en",
         *(["-pluralonly"] if plurals_only else []), "-ts", copy],
        cwd=GUI, check=True, capture_output=True)
    return copy


def problem_of(key, translation):
    if translation.get("type"):
        return f"{translation.get('type')}: {key}"
    for form in forms(translation):
        if not form.strip():
            return f"empty: {key}"
        # A plural form may say "one" instead of %n.
        lost = set(PLACEHOLDER.findall(key[1])) ^ set(PLACEHOLDER.findall(form))
        if lost - {"%n"}:
            return f"placeholders {sorted(lost)}: {key}"
    return None


def problems(file, plurals_only=False):
    """What lupdate would add to or remove from `file`, and what it translates badly."""
    before = messages(file)
    with tempfile.TemporaryDirectory() as folder:
        after = messages(updated_copy(file, folder, plurals_only))
    found = [f"new: {key}" for key in after if key not in before]
    found += [problem_of(key, after[key]) for key in after if key in before]
    return [problem for problem in found if problem]


class TheTranslations(unittest.TestCase):
    def test_german_is_complete(self):
        self.assertEqual(problems(TRANSLATIONS / "h755-updater_de.ts"), [])

    def test_english_has_every_plural(self):
        self.assertEqual(problems(TRANSLATIONS / "h755-updater_en.ts", plurals_only=True), [])

    def test_german_differs_from_english(self):
        for (_, source, _), translation in messages(TRANSLATIONS / "h755-updater_de.ts").items():
            if len(PLACEHOLDER.sub("", source).split()) > 1:
                self.assertNotIn(source, forms(translation))

    def test_german_addresses_people_politely(self):
        for _, translation in messages(TRANSLATIONS / "h755-updater_de.ts").items():
            for form in forms(translation):
                self.assertNotRegex(form, r"(?i)\b(du|dein\w*|dir|dich)\b")
                self.assertNotIn('"', form)


    def test_contexts_are_those_of_the_program(self):
        """A class is looked up as "gui::Header": "Header" would never be found."""
        declared = {name for file in GUI.glob("*.*")
                    for name in re.findall(r"Q_DECLARE_TR_FUNCTIONS\((\w+)\)", file.read_text())}
        for context, _, _ in messages(TRANSLATIONS / "h755-updater_de.ts"):
            is_of_qt = re.fullmatch(r"Q[A-Z]\w*", context)
            self.assertTrue(context in declared or context.startswith("gui::") or is_of_qt, context)


class ThisTest(unittest.TestCase):
    """It notices each way in which a file can be incomplete."""

    def problems_after(self, change):
        original = TRANSLATIONS / "h755-updater_de.ts"
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / original.name
            tree = xml.parse(original)
            change(tree.getroot().find("context"))
            tree.write(copy, encoding="utf-8", xml_declaration=True)
            return problems(copy)

    def assert_noticed(self, kind, change):
        found = self.problems_after(change)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(kind), found)

    def test_notices_a_missing_string(self):
        self.assert_noticed("new", lambda context: context.remove(context.find("message")))

    def test_notices_an_unfinished_string(self):
        self.assert_noticed(
            "unfinished",
            lambda context: context.find("message/translation").set("type", "unfinished"))

    def test_notices_a_string_that_is_gone_from_the_source(self):
        def add(context):
            message = xml.SubElement(context, "message")
            xml.SubElement(message, "source").text = "Nobody says this."
            xml.SubElement(message, "translation").text = "Das sagt niemand."
        self.assert_noticed("vanished", add)

    def test_notices_an_empty_translation(self):
        def clear(context):
            context.find("message/translation").text = " "
        self.assert_noticed("empty", clear)

    def test_notices_a_foreign_placeholder(self):
        def add(context):
            context.find("message/translation").text += " %1"
        self.assert_noticed("placeholders", add)


if __name__ == "__main__":
    unittest.main()
