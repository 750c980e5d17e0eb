"""How far a point lies outside the governorate that its P-code names."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pandas as pd
import shapely

from analysis.paths import PROJECT

FILE = PROJECT / "data" / "boundaries" / "governorates.geojson"
"""The project's own outlines: a record in another folder is held to them too."""

KM_PER_DEGREE = 111.195  # mean Earth radius of 6,371.0 km
FLATTEN = np.cos(np.radians(35.0))  # at Syria's middle latitude: good to 3 % over the country


@cache
def governorates() -> dict[str, shapely.Geometry]:
    """Return the outlines of the governorates by P-code, in kilometres on a local plane."""
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["pcode"]: shapely.transform(
            shapely.from_geojson(json.dumps(feature["geometry"])), _plane
        )
        for feature in features
    }


def _plane(degrees: np.ndarray) -> np.ndarray:
    plane: np.ndarray = degrees * np.array([KM_PER_DEGREE * FLATTEN, KM_PER_DEGREE])
    return plane


def km_outside(places: pd.DataFrame) -> np.ndarray:
    """Return the distance of each point from its governorate in kilometres, 0 inside it.

    Parameters
    ----------
    places : DataFrame
        Rows with ``lat``, ``lon`` and ``governorate`` all known.
    """
    points = shapely.points(_plane(places[["lon", "lat"]].to_numpy()))
    outlines = np.array([governorates()[code] for code in places.governorate])
    distances: np.ndarray = shapely.distance(points, outlines)
    return distances
