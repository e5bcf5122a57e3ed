"""Signs of the weather, and the days of a week, as all parts of the page show them."""

SIGNS = {
    "rain": "cloud-rain",
    "storm": "cloud-lightning",
    "typhoon": "tornado",
    "heat": "thermometer-sun",
    "frost": "thermometer-snowflake",
    "snow": "snowflake",
}
WEEK = range(7)
