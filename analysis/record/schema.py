"""The schema of the record: every table, column and closed list, in one place.

The reader, the checks and the codebook all follow it. A column's ``kind`` says how its cells are
written in the CSV file and what they become in memory:

=========  ====================================  =========================
kind       written as                            in memory
=========  ====================================  =========================
key        short readable id                     str
text       plain text                            str
arabic     Arabic letters                        str
choice     one code of a closed list             str
form       in the form that the column gives     str
reference  id of a row of another table          str
count      whole number, 0 or more               Int64
decimal    plain decimal, at most six places     float64
date       ``2018-04-19``                        datetime64
month      ``2018-04``                           datetime64 (month start)
spans      ``0-95;312-370`` code-point offsets   str
=========  ====================================  =========================

A column with ``many=True`` holds several values separated by semicolons.
Blank means unknown; 0 means that a source said none.
"""

from __future__ import annotations

from dataclasses import dataclass

Labels = dict[str, tuple[str, str]]
"""A closed list: code -> (English, Arabic)."""

YEARS = (2017, 2018)
"""First and last year of the record."""

# --- closed lists -------------------------------------------------------------------------------

LANGUAGES: Labels = {
    "ar": ("Arabic", "العربية"),
    "en": ("English", "الإنجليزية"),
    "fr": ("French", "الفرنسية"),
    "tr": ("Turkish", "التركية"),
    "ru": ("Russian", "الروسية"),
    "de": ("German", "الألمانية"),
    "fa": ("Persian", "الفارسية"),
    "ku": ("Kurdish", "الكردية"),
    "mul": ("several languages", "عدة لغات"),
}
PRECISIONS: Labels = {
    "day": ("one day", "يوم واحد"),
    "range": ("some days with both ends known", "عدة أيام معلومة البداية والنهاية"),
    "week": ("a week or less", "أسبوع أو أقل"),
    "month": ("a month or less", "شهر أو أقل"),
    "year": ("a year or less", "سنة أو أقل"),
    "open": ("one end unknown", "أحد الطرفين مجهول"),
}
PUBLISHED_PRECISIONS: Labels = {code: PRECISIONS[code] for code in ("day", "month", "year")}
PUBLISHED_BASES: Labels = {
    "stated": ("given with the report", "مذكور مع التقرير"),
    "inferred": ("worked out from the text", "مستنتج من النص"),
}
REPORT_KINDS: Labels = {
    "news": ("news report", "تقرير إخباري"),
    "monitor": ("publication of a monitor", "منشور لجهة رصد"),
    "official": ("statement of a government or armed party", "بيان رسمي"),
    "dataset": ("data release", "إصدار بيانات"),
    "reference": ("reference work", "مرجع"),
}
READINGS: Labels = {
    "full": ("read whole", "قُرئ كاملاً"),
    "excerpt": ("read in part", "قُرئ جزء منه"),
    "secondary": ("known through another publication", "عُرف عن طريق منشور آخر"),
}
ROLES: Labels = {
    "party": ("party to the fighting", "طرف في القتال"),
    "monitor": ("monitor", "جهة رصد"),
    "media": ("news medium", "وسيلة إعلام"),
    "official": ("official source", "مصدر رسمي"),
    "investigative_body": ("investigative body", "هيئة تحقيق"),
    "ngo": ("non-governmental organisation", "منظمة غير حكومية"),
    "rescue": ("rescue service", "جهاز إنقاذ"),
    "local_authority": ("local authority", "سلطة محلية"),
    "witness": ("witness", "شاهد"),
}
PLACE_KINDS: Labels = {
    "country": ("country", "بلد"),
    "governorate": ("governorate", "محافظة"),
    "district": ("district", "منطقة إدارية"),
    "city": ("city", "مدينة"),
    "town": ("town", "بلدة"),
    "village": ("village", "قرية"),
    "neighbourhood": ("neighbourhood", "حي"),
    "camp": ("camp", "مخيم"),
    "facility": ("base, field, airport, dam or crossing", "قاعدة أو حقل أو مطار أو سد أو معبر"),
    "area": ("area without fixed borders", "منطقة بلا حدود ثابتة"),
    "pocket": ("pocket held by a party", "جيب يسيطر عليه طرف"),
}
COORDINATE_PRECISIONS: Labels = {
    "point": ("point of the place itself", "نقطة المكان نفسه"),
    "near": ("point nearby, within 5 km", "نقطة قريبة ضمن 5 كم"),
    "centroid": ("middle of an area", "مركز منطقة"),
}
GOVERNORATES: Labels = {
    "SY01": ("Damascus", "دمشق"),
    "SY02": ("Aleppo", "حلب"),
    "SY03": ("Rif Dimashq", "ريف دمشق"),
    "SY04": ("Homs", "حمص"),
    "SY05": ("Hama", "حماة"),
    "SY06": ("Latakia", "اللاذقية"),
    "SY07": ("Idlib", "إدلب"),
    "SY08": ("Al-Hasakah", "الحسكة"),
    "SY09": ("Deir ez-Zor", "دير الزور"),
    "SY10": ("Tartus", "طرطوس"),
    "SY11": ("Raqqa", "الرقة"),
    "SY12": ("Daraa", "درعا"),
    "SY13": ("As-Suwayda", "السويداء"),
    "SY14": ("Quneitra", "القنيطرة"),
}
EVENT_KINDS: Labels = {
    "battle": ("fighting", "قتال"),
    "shelling": ("shelling", "قصف مدفعي أو صاروخي"),
    "airstrike": ("air strike", "غارة جوية"),
    "bombing": ("bombing", "تفجير"),
    "chemical": ("reported chemical attack", "هجوم كيميائي بحسب التقارير"),
    "execution": ("killing of captives", "قتل أسرى أو محتجزين"),
    "abduction": ("abduction", "خطف"),
    "mine": ("mine or remnant of war", "لغم أو مخلفات حرب"),
    "other": ("other", "غير ذلك"),
}
PLACE_PRECISIONS: Labels = {
    "exact": ("at the place", "في المكان نفسه"),
    "vicinity": ("at its outskirts or near it", "عند أطرافه أو قربه"),
    "area": ("somewhere in the area", "في مكان ما من المنطقة"),
}
STANCES: Labels = {"asserts": ("asserts", "يقول بها"), "denies": ("denies", "ينفي")}
DENIALS: Labels = {
    "event": ("that it happened", "وقوع الحادثة"),
    "number": ("the number", "العدد"),
    "authorship": ("who did it", "الجهة المسؤولة"),
    "status": ("who the dead were", "صفة القتلى"),
}
VICTIMS: Labels = {
    "civilians": ("civilians", "مدنيون"),
    "government_and_allies": (
        "government forces and allied forces",
        "القوات الحكومية والقوات المتحالفة معها",
    ),
    "isis": ("Islamic State", "تنظيم الدولة الإسلامية"),
    "hts": ("Hayat Tahrir al-Sham", "هيئة تحرير الشام"),
    "opposition": ("armed opposition groups", "فصائل المعارضة المسلحة"),
    "opposition_and_hts": (
        "armed opposition groups and Hayat Tahrir al-Sham",
        "فصائل المعارضة المسلحة وهيئة تحرير الشام",
    ),
    "sdf": ("Syrian Democratic Forces", "قوات سوريا الديمقراطية"),
    "turkish_forces": ("Turkish armed forces", "القوات المسلحة التركية"),
    "russia": ("Russian armed forces", "القوات المسلحة الروسية"),
    "coalition": ("US-led international coalition", "التحالف الدولي بقيادة الولايات المتحدة"),
    "local_armed": ("local armed people and groups", "سكان ومجموعات محلية مسلحة"),
    "mixed_jihadist": ("jihadist groups, not told apart", "تنظيمات جهادية دون تفصيل"),
    "mixed_rebel_sdf": (
        "opposition groups and Syrian Democratic Forces, not told apart",
        "فصائل المعارضة وقوات سوريا الديمقراطية دون تفصيل",
    ),
    "other_states": ("forces of other states", "قوات دول أخرى"),
    "all": ("all groups", "جميع الفئات"),
    "unknown": ("affiliation unknown", "انتماء غير معروف"),
}
OUTCOMES: Labels = {
    "killed": ("killed", "قتلى"),
    "injured": ("injured", "جرحى"),
    "missing": ("missing", "مفقودون"),
    "captured": ("captured", "أسرى"),
    "neutralised": ("“neutralised”, as the speaker puts it", "«تحييد» بلفظ المصدر"),
    "casualties_unspecified": ("casualties of unstated kind", "قتلى وجرحى دون تفصيل"),
}
QUALIFIERS: Labels = {
    "exact": ("a plain number", "عدد مجرد"),
    "at_least": ("at least", "على الأقل"),
    "more_than": ("more than", "أكثر من"),
    "about": ("about", "نحو"),
    "up_to": ("up to", "على الأكثر"),
    "between": ("between two numbers", "بين عددين"),
    "dozens": ("dozens", "عشرات"),
    "hundreds": ("hundreds", "مئات"),
}
ATTRIBUTIONS: Labels = {
    "asserted": ("asserted", "مصرح بها"),
    "denied": ("denied", "منفية"),
    "suspected": ("suspected", "مشتبه بها"),
}
CONTROL_KINDS: Labels = {
    "change": ("control passed from one holder to another", "انتقال السيطرة من طرف إلى آخر"),
    "status": ("a holder at a date or over a time", "طرف مسيطر في تاريخ أو خلال مدة"),
}
MODES: Labels = {
    "assault": ("taken by fighting", "بالقتال"),
    "withdrawal": ("withdrawal", "انسحاب"),
    "negotiated_evacuation": ("negotiated evacuation", "إجلاء بموجب اتفاق"),
    "handover": ("handover", "تسليم"),
    "infighting": ("fighting among allies", "اقتتال داخلي"),
    "siege": ("siege", "حصار"),
}
EXTENTS: Labels = {
    "full": ("the whole place", "كامل المكان"),
    "partial": ("a part of it", "جزء منه"),
}
BASES: Labels = {
    "stated": ("stated by the publisher", "ذكرها الناشر"),
    "derived": ("derived from stated figures", "مشتقة من أرقام مذكورة"),
}
HOLDER_BASES: Labels = {
    "stated": ("the text names the holder", "النص يسمي الطرف المسيطر"),
    "inferred": ("inferred from the context", "مستنتج من السياق"),
}
COVERAGE: Labels = {
    "read": ("published and read", "نُشر وقُرئ"),
    "published_unread": ("published, not read", "نُشر ولم يُقرأ"),
    "not_published": ("not published", "لم يُنشر"),
    "out_of_scope": ("outside what the publisher counts", "خارج ما يحصيه الناشر"),
}
ALLOCATIONS: Labels = {
    "dated": (
        "deaths dated to within a week, shared over the days of their event",
        "القتلى المعروف تاريخ مقتلهم بدقة أسبوع، موزعين على أيام حادثتهم",
    ),
    "spread": (
        "all deaths, shared over the days of their event",
        "جميع القتلى، موزعين على أيام حادثتهم",
    ),
    "onset": (
        "all deaths, in the month in which their event began",
        "جميع القتلى، في الشهر الذي بدأت فيه حادثتهم",
    ),
}
VIOLENCE: Labels = {
    "state-based": ("state-based conflict", "نزاع أحد أطرافه دولة"),
    "non-state": ("non-state conflict", "نزاع بين أطراف غير حكومية"),
    "one-sided": ("one-sided violence against civilians", "عنف أحادي الجانب ضد مدنيين"),
}
DATE_CLASSES: Labels = {
    "dated": ("date precision 1 to 3: a week or less", "دقة التاريخ من 1 إلى 3: أسبوع أو أقل"),
    "undated": ("date precision 4 or 5: more than a week", "دقة التاريخ 4 أو 5: أكثر من أسبوع"),
}
PLACE_CLASSES: Labels = {
    "place": ("place precision 1 or 2: a place or near it", "دقة المكان 1 أو 2: مكان أو قربه"),
    "district": ("place precision 3: a district", "دقة المكان 3: منطقة إدارية"),
    "governorate": ("place precision 4: a governorate", "دقة المكان 4: محافظة"),
    "none": ("place precision 5 to 7: no governorate", "دقة المكان 5 إلى 7: بلا محافظة"),
}
UCDP_PARTIES = (
    "civilians",
    "unknown",
    "government_and_allies",
    "isis",
    "hts",
    "opposition",
    "opposition_and_hts",
    "sdf",
    "turkish_forces",
    "coalition",
    "mixed_jihadist",
    "local_armed",
    "other_states",
)
"""Columns of ``ucdp_monthly`` that add up to ``best``, in their order."""

PUBLISHER_COLUMNS = ("best_publishers_1", "best_publishers_2", "best_publishers_3plus")
"""Columns of ``ucdp_monthly`` that also add up to ``best``: by number of distinct publishers."""


# --- tables -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are written, and what they mean in English and Arabic."""

    name: str
    kind: str
    en: str
    ar: str
    required: bool = False
    many: bool = False
    choices: Labels | None = None
    refers: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    form: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its key (columns that name a row) and its columns."""

    name: str
    key: tuple[str, ...]
    en: str
    ar: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.name == name)


def _key(name: str) -> Column:
    return Column(name, "key", "id of the row, never reused", "معرّف السطر، لا يعاد استعماله", True)


def _choice(name: str, choices: Labels, en: str, ar: str, required: bool = False) -> Column:
    return Column(name, "choice", en, ar, required, choices=choices)


def _form(name: str, form: str, example: str, en: str, ar: str) -> Column:
    """Return a column whose cells match a regular expression, shown to people as an example."""
    return Column(name, "form", en, ar, form=form, example=example)


_ADDRESS = (r"https?://[!-~]+\.[!-~]+|10\.[0-9]{4,9}/[!-~]+", "https://… or 10.…/…")


def _ref(
    name: str, table: str, en: str, ar: str, required: bool = False, many: bool = False
) -> Column:
    return Column(name, "reference", en, ar, required, many, refers=table)


_NOTE = Column("note", "text", "remark in our own words", "ملاحظة بكلماتنا")
_EVIDENCE = Column(
    "evidence",
    "spans",
    "where the report says it: code-point offsets start-end into its text (NFC, LF)",
    "موضع الكلام في نص التقرير: من محرف إلى محرف",
    many=True,
)
_REPORT = _ref("report_id", "reports", "report that says it", "التقرير الذي ورد فيه", True)
_CLAIMANT = _ref("claimant", "actors", "who says it", "من يقول ذلك", True)


def _numbers() -> tuple[Column, ...]:
    return (
        Column("low", "count", "lower bound that was said", "الحد الأدنى المذكور"),
        Column("best", "count", "the number that was said", "العدد المذكور"),
        Column("high", "count", "upper bound; blank where open", "الحد الأعلى؛ فارغ إن كان مفتوحاً"),
        _choice("qualifier", QUALIFIERS, "word that goes with the number", "اللفظ المرافق للعدد"),
    )


def _deaths(name: str, en: str, ar: str) -> Column:
    return Column(name, "decimal", en, ar, True, low=0)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "reports",
            ("report_id",),
            "published reports and data releases",
            "التقارير وإصدارات البيانات المنشورة",
            (
                _key("report_id"),
                Column("publisher", "text", "who published it", "الناشر"),
                Column("agency", "text", "news agency whose text it carries", "الوكالة صاحبة النص"),
                Column("title", "text", "title as cited", "العنوان كما يُستشهد به"),
                _choice("language", LANGUAGES, "language", "اللغة", True),
                Column("published", "date", "date of publication", "تاريخ النشر"),
                _choice("published_precision", PUBLISHED_PRECISIONS, "how exact", "دقة التاريخ"),
                _choice("published_basis", PUBLISHED_BASES, "how known", "كيف عُرف التاريخ"),
                _form("url", *_ADDRESS, "address or DOI", "العنوان الإلكتروني أو المعرّف الرقمي"),
                _form(
                    "archived_url", *_ADDRESS, "address of an archived copy", "عنوان نسخة مؤرشفة"
                ),
                Column("accessed", "date", "when it was read", "تاريخ الاطلاع"),
                Column("reference", "text", "full reference", "المرجع الكامل"),
                _choice("kind", REPORT_KINDS, "kind of publication", "نوع المنشور", True),
                Column(
                    "via", "text", "where it was read, if not there", "أين قُرئ إن لم يكن في أصله"
                ),
                Column(
                    "via_caveat", "text", "what that leaves unsure", "ما يبقى غير مؤكد بسبب ذلك"
                ),
                _choice("read", READINGS, "how much of it was read", "مقدار ما قُرئ منه", True),
                Column("licence", "text", "terms of use", "شروط الاستخدام"),
                _form(
                    "text_sha256",
                    "[0-9a-f]{64}",
                    "64 signs 0-9 a-f",
                    "sha256 of its text",
                    "بصمة sha256 لنصه",
                ),
                _NOTE,
            ),
        ),
        Table(
            "actors",
            ("actor_id",),
            "parties, monitors and speakers, by role and never by private name",
            "الأطراف وجهات الرصد والمتحدثون، بصفاتهم لا بأسماء أشخاص",
            (
                _key("actor_id"),
                Column("name_en", "text", "name in English", "الاسم بالإنجليزية", True),
                Column("name_ar", "arabic", "name in Arabic", "الاسم بالعربية", True),
                Column(
                    "name_ar_source", "text", "where the Arabic is written", "مصدر الاسم العربي"
                ),
                Column("short_en", "text", "short name in English", "الاسم المختصر بالإنجليزية"),
                Column("short_ar", "arabic", "short name in Arabic", "الاسم المختصر بالعربية"),
                _choice(
                    "side", VICTIMS, "group its dead are counted with", "الفئة التي يُعد قتلاه فيها"
                ),
                _ref("parent", "actors", "actor it belongs to", "الجهة التي يتبعها"),
                Column("valid_from", "date", "first day under this name", "أول يوم بهذا الاسم"),
                Column("valid_to", "date", "last day under this name", "آخر يوم بهذا الاسم"),
                _choice("role", ROLES, "role", "الصفة", True),
                _form(
                    "colour",
                    "#[0-9a-f]{6}",
                    "#rrggbb in the signs 0-9 a-f",
                    "colour in every figure, #rrggbb",
                    "لونه في كل الأشكال",
                ),
                _NOTE,
            ),
        ),
        Table(
            "places",
            ("place_id",),
            "named places",
            "الأماكن",
            (
                _key("place_id"),
                Column("name_en", "text", "name in English", "الاسم بالإنجليزية", True),
                Column("name_ar", "arabic", "name in Arabic", "الاسم بالعربية", True),
                Column(
                    "name_ar_source", "text", "where the Arabic is written", "مصدر الاسم العربي"
                ),
                _choice("kind", PLACE_KINDS, "kind of place", "نوع المكان", True),
                _choice("governorate", GOVERNORATES, "P-code; blank if several", "رمز المحافظة"),
                Column("lat", "decimal", "latitude, degrees north", "خط العرض", low=29, high=39),
                Column("lon", "decimal", "longitude, degrees east", "خط الطول", low=34, high=46),
                _choice(
                    "coordinate_precision",
                    COORDINATE_PRECISIONS,
                    "what the point is",
                    "دقة الإحداثيات",
                ),
                Column("source", "text", "source of the point", "مصدر الإحداثيات"),
                _NOTE,
            ),
        ),
        Table(
            "events",
            ("event_id",),
            "incidents in neutral terms; whatever is disputed stands in claims",
            "الحوادث بألفاظ محايدة؛ وكل مختلف عليه في جدول الأقوال",
            (
                _key("event_id"),
                Column("date_earliest", "date", "earliest day it can have been", "أبكر يوم ممكن"),
                Column("date_latest", "date", "latest day it can have been", "آخر يوم ممكن"),
                _choice(
                    "date_precision", PRECISIONS, "how exact the dates are", "دقة التاريخ", True
                ),
                _ref("place_id", "places", "where", "المكان", True),
                _choice(
                    "place_precision",
                    PLACE_PRECISIONS,
                    "how exact the place is",
                    "دقة المكان",
                    True,
                ),
                _choice("kind", EVENT_KINDS, "kind of incident", "نوع الحادثة", True),
                _ref("part_of", "events", "larger event it belongs to", "الحادثة الأوسع"),
                _NOTE,
            ),
        ),
        Table(
            "claims",
            ("claim_id",),
            "what one claimant said of one event and one group of people",
            "ما قالته جهة واحدة عن حادثة واحدة وفئة واحدة من الناس",
            (
                _key("claim_id"),
                _ref("event_id", "events", "event", "الحادثة", True),
                _REPORT,
                _CLAIMANT,
                _ref("relayed_by", "actors", "who passed it on", "من نقل القول"),
                Column("as_of", "date", "day on which it was said", "يوم القول"),
                _choice("stance", STANCES, "asserts or denies", "قول أو نفي", True),
                _choice("denies", DENIALS, "what a denial denies", "ما الذي يُنفى"),
                _choice("victims", VICTIMS, "group of people", "الفئة", True),
                _choice("outcome", OUTCOMES, "what became of them; blank if unsaid", "ما أصابهم"),
                *_numbers(),
                _ref(
                    "attributed_to",
                    "actors",
                    "who is said to have done it",
                    "المنسوب إليه",
                    many=True,
                ),
                _choice("attribution", ATTRIBUTIONS, "how firmly", "درجة النسبة"),
                _choice("claimed_kind", EVENT_KINDS, "how, as it is said", "الطريقة بحسب القول"),
                _ref("supersedes", "claims", "earlier word it revises", "القول السابق الذي يعدّله"),
                _ref("repeats", "claims", "earlier claim it repeats", "القول الذي يكرره"),
                _ref("part_of", "claims", "larger number that holds it", "العدد الأكبر الذي يشمله"),
                _EVIDENCE,
                _NOTE,
            ),
        ),
        Table(
            "control_changes",
            ("change_id",),
            "statements that a place passed to a holder, or was held",
            "أقوال بانتقال السيطرة على مكان أو ببقائه بيد طرف",
            (
                _key("change_id"),
                _ref("place_id", "places", "place", "المكان", True),
                _choice("kind", CONTROL_KINDS, "change or status", "انتقال أو حالة", True),
                _choice("mode", MODES, "how it passed", "كيفية الانتقال"),
                _choice("extent", EXTENTS, "the whole place or a part", "كله أو جزء منه", True),
                Column(
                    "share_pct",
                    "decimal",
                    "share of it, per cent",
                    "النسبة المئوية",
                    low=0,
                    high=100,
                ),
                _ref("from_actor", "actors", "holder before; blank if unsaid", "المسيطر سابقاً"),
                _ref(
                    "to_actor", "actors", "holder after, or at the time", "المسيطر بعد ذلك أو حينها"
                ),
                _ref("supported_by", "actors", "who supported it", "الداعمون", many=True),
                Column("date_earliest", "date", "earliest day of the change", "أبكر يوم للانتقال"),
                Column("date_latest", "date", "latest day of the change", "آخر يوم للانتقال"),
                Column(
                    "valid_from",
                    "date",
                    "first day on which a status surely holds",
                    "أول يوم تصح فيه الحالة يقيناً",
                ),
                Column(
                    "valid_to", "date", "last day on which it surely holds", "آخر يوم تصح فيه يقيناً"
                ),
                _CLAIMANT,
                _choice("stance", STANCES, "asserts or denies", "قول أو نفي", True),
                _REPORT,
                _choice(
                    "basis",
                    HOLDER_BASES,
                    "whether the text names the holder",
                    "هل يسمي النص الطرف المسيطر",
                    True,
                ),
                _ref(
                    "contradicts", "control_changes", "rows it contradicts", "ما يناقضه", many=True
                ),
                _EVIDENCE,
                _NOTE,
            ),
        ),
        Table(
            "tolls",
            ("toll_id",),
            "published totals for a period or an area",
            "حصائل منشورة لمدة أو منطقة",
            (
                _key("toll_id"),
                _CLAIMANT,
                Column("period_start", "date", "first day counted", "أول يوم محسوب", True),
                Column("period_end", "date", "last day counted", "آخر يوم محسوب", True),
                _ref("scope_place", "places", "area counted; blank for Syria", "المنطقة المحسوبة"),
                _choice("victims", VICTIMS, "group of people", "الفئة", True),
                _choice("outcome", OUTCOMES, "what became of them", "ما أصابهم", True),
                *_numbers(),
                _ref(
                    "perpetrator", "actors", "as the claimant attributes it", "المسؤول بحسب القائل"
                ),
                _choice("basis", BASES, "stated or derived", "مذكورة أو مشتقة", True),
                Column("as_of", "date", "day on which it was said", "يوم القول"),
                _REPORT,
                _ref("supersedes", "tolls", "earlier total it revises", "الحصيلة السابقة"),
                _NOTE,
            ),
        ),
        Table(
            "areas",
            ("area_id",),
            "published shares or areas held by an actor at a date",
            "نسب أو مساحات منشورة بيد طرف في تاريخ",
            (
                _key("area_id"),
                _CLAIMANT,
                Column("date", "date", "date of the figure", "تاريخ الرقم", True),
                _choice("date_precision", PRECISIONS, "how exact the date is", "دقة التاريخ", True),
                _ref("scope", "places", "area the share is of", "المنطقة المنسوب إليها", True),
                Column("scope_area_km2", "decimal", "its area, km²", "مساحتها، كم²", low=0),
                Column("definition", "text", "what counts as held", "تعريف السيطرة"),
                _ref("actor", "actors", "holder", "المسيطر", True),
                Column(
                    "share_pct", "decimal", "share, per cent", "النسبة المئوية", low=0, high=100
                ),
                Column("area_km2", "decimal", "area, km²", "المساحة، كم²", low=0),
                _choice("basis", BASES, "stated or derived", "مذكورة أو مشتقة", True),
                _REPORT,
                _NOTE,
            ),
        ),
        Table(
            "coverage",
            ("claimant", "month", "victims"),
            "whether a figure was published and read, for a claimant, a month and a group",
            "هل نُشر رقم وقُرئ، لكل جهة وشهر وفئة",
            (
                _CLAIMANT,
                Column("month", "month", "month", "الشهر", True),
                _choice("victims", VICTIMS, "group of people", "الفئة", True),
                _choice("status", COVERAGE, "published, and read?", "نُشر وقُرئ؟", True),
                _NOTE,
            ),
        ),
        Table(
            "event_ucdp",
            ("event_id", "release"),
            "curated links between one event and a set of UCDP events",
            "روابط منتقاة بين حادثة ومجموعة حوادث في بيانات UCDP",
            (
                _ref("event_id", "events", "event of this record", "الحادثة في هذا السجل", True),
                _ref("release", "reports", "UCDP release", "إصدار UCDP", True),
                Column(
                    "ucdp_ids", "count", "ids of UCDP events", "معرّفات حوادث UCDP", True, many=True
                ),
                _NOTE,
            ),
        ),
        Table(
            "ucdp_sides",
            ("side",),
            "names of the sides in UCDP's events, and the group each belongs to",
            "أسماء الأطراف في حوادث UCDP والفئة التي ينتمي إليها كل منها",
            (
                Column(
                    "side", "text", "name exactly as UCDP writes it", "الاسم كما يكتبه UCDP", True
                ),
                _choice(
                    "party",
                    {code: VICTIMS[code] for code in UCDP_PARTIES if code != "unknown"},
                    "group",
                    "الفئة",
                    True,
                ),
                Column("name_en", "text", "name in English", "الاسم بالإنجليزية", True),
                Column("name_ar", "arabic", "name in Arabic", "الاسم بالعربية", True),
                Column(
                    "name_ar_source", "text", "where the Arabic is written", "مصدر الاسم العربي"
                ),
            ),
        ),
        Table(
            "ucdp_dyads",
            ("dyad_id",),
            "UCDP's dyads: pairs of sides",
            "ثنائيات UCDP: أزواج الأطراف",
            (
                _key("dyad_id"),
                _ref("side_a", "ucdp_sides", "one side", "طرف", True),
                _ref("side_b", "ucdp_sides", "the other side", "الطرف الآخر", True),
            ),
        ),
        Table(
            "ucdp_monthly",
            (
                "release",
                "allocation",
                "month",
                "governorate",
                "dyad_id",
                "type_of_violence",
                "date_class",
                "place_class",
            ),
            "deaths by month, computed from the events of UCDP GED",
            "القتلى بحسب الشهر، محسوبين من حوادث UCDP GED",
            (
                _ref("release", "reports", "UCDP release", "إصدار UCDP", True),
                _choice(
                    "allocation", ALLOCATIONS, "how deaths get a month", "كيفية إسناد الشهر", True
                ),
                Column("month", "month", "month; blank if undated", "الشهر؛ فارغ إن لم يعرف"),
                _choice("governorate", GOVERNORATES, "P-code; blank if unlocated", "رمز المحافظة"),
                _ref("dyad_id", "ucdp_dyads", "dyad", "الثنائية", True),
                _choice("type_of_violence", VIOLENCE, "type of violence", "نوع العنف", True),
                _choice(
                    "date_class", DATE_CLASSES, "class of date precision", "فئة دقة التاريخ", True
                ),
                _choice(
                    "place_class", PLACE_CLASSES, "class of place precision", "فئة دقة المكان", True
                ),
                Column("events", "count", "events with a share in it", "حوادث لها نصيب فيه", True),
                Column(
                    "events_unnested",
                    "count",
                    "of these, events whose low, best and high are not in order",
                    "منها حوادث لا يتدرج فيها الأدنى فالأفضل فالأعلى",
                    True,
                ),
                _deaths("low", "UCDP's low estimate", "أدنى تقدير في UCDP"),
                _deaths("best", "UCDP's best estimate", "أفضل تقدير في UCDP"),
                _deaths("high", "UCDP's high estimate", "أعلى تقدير في UCDP"),
                *(
                    _deaths(code, f"deaths: {VICTIMS[code][0]}", f"القتلى: {VICTIMS[code][1]}")
                    for code in UCDP_PARTIES
                ),
                _deaths("best_publishers_1", "best, from one publisher", "أفضل تقدير، ناشر واحد"),
                _deaths("best_publishers_2", "best, from two publishers", "أفضل تقدير، ناشران"),
                _deaths(
                    "best_publishers_3plus", "best, from three or more", "أفضل تقدير، ثلاثة فأكثر"
                ),
            ),
        ),
    )
}
