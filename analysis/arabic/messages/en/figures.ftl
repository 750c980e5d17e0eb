# Texts of the figures. What is said of the data is computed from the rows that are drawn, or chosen by them.

key-dated = Dated to within a week
key-undated =
    Dated less exactly, shared
    over the days of the event
key-bounds =
    Low to high estimate of
    those dated to within a week

casualty-trend-shows = Deaths by month that UCDP records, in all and by group of the dead, with those dated less exactly drawn apart
casualty-trend-title-falls = Recorded deaths fell from { $first } in { $first_year } to { $last } in { $last_year }
casualty-trend-title-rises = Recorded deaths rose from { $first } in { $first_year } to { $last } in { $last_year }
casualty-trend-title-same = Recorded deaths were { $first } in { $first_year } and as many in { $last_year }
casualty-trend-title-one = { $first } deaths recorded in { $first_year }
casualty-trend-subtitle = Deaths by month in Syria, best estimate of the Uppsala Conflict Data Program (UCDP): { $all } in all, of which { $dated } dated to within a week. Most of these: { $peak } in { $peak_month }; fewest: { $trough } in { $trough_month }. Below: the groups that the dead belonged to, on one scale, with the total of each.
casualty-trend-year = { $year }: { $all } deaths, { $dated } dated to within a week
casualty-trend-foot = Source: { $release } (Sundberg and Melander 2013; Högbladh 2019); events that began from { $first_year } to { $last_year }. Later releases count more deaths. Bounds are the coding bounds of this release as it gives them, not an interval for the truth. The Syria Record { $version }.
casualty-trend-series-others = Others
casualty-trend-alt = Bar chart of deaths by month in Syria from { $start } to { $end }, after { $release }: { $first } in { $first_year } and { $last } in { $last_year }. Of { $all } deaths, { $dated } are dated to within a week and { $undated } less exactly; the latter are hatched, shared evenly over the days of their event. Of those dated to within a week most were in { $peak_month } ({ $peak }) and fewest in { $trough_month } ({ $trough }). Thin lines give the coding bounds of the release. Small charts show the groups that the dead belonged to, on one scale: civilians, affiliation unknown, government and allies, Islamic State, opposition and HTS, SDF, others.

mayadin-2018-04-shows = The report of 19 April 2018 on Mayadin in its context: deaths in Deir ez-Zor, what the report says of control, and its claims with their denial
mayadin-2018-04-title-denied = Mayadin, { $when }: { $claimant } counts { $deaths } among government forces and allies; a military source denies any attack there
mayadin-2018-04-title-undenied = Mayadin, { $when }: { $claimant } counts { $deaths } among government forces and allies
mayadin-2018-04-subtitle = One report of { $published } in context. Top: deaths by month in Deir ez-Zor governorate, best estimate of UCDP. Middle: what the report says of control, place by place ({ $drawn } of its { $stated } statements; the others are of no one place). Bottom: what was said of an attack on the outskirts of Mayadin, reported for { $attack }.
mayadin-2018-04-foot = Sources: { $sources }; { $release }. Statements are shown as made, not as established fact. The Syria Record { $version }.
mayadin-2018-04-deaths = Deaths by month, Deir ez-Zor
mayadin-2018-04-control = Control, as the report states it
mayadin-2018-04-claims = Killed in the reported attack, by who says it and when
mayadin-2018-04-attack-on = reported attack, { $date }
mayadin-2018-04-passed = control passed to: { $holder }
mayadin-2018-04-passed-vague = control passed to: { $holder } (day not given)
mayadin-2018-04-passed-part = control passed in part to: { $holder } (day not given)
mayadin-2018-04-passed-inferred = control passed to: { $holder } (holder inferred)
mayadin-2018-04-held-part =
    { $holder }, in part
    ({ $claimant })
mayadin-2018-04-held-since = { $holder }, in part, since { $year }
mayadin-2018-04-no-change =
    attack reported on the outskirts;
    no change of control claimed
mayadin-2018-04-said-via =
    { $claimant }, { $date },
    via { $relay }
mayadin-2018-04-said = { $claimant }, { $date }
exactly = { $value }
mayadin-2018-04-denies-event = denies any attack on army positions along the west bank; gives no number
mayadin-2018-04-denies-number = denies the number
mayadin-2018-04-denies-authorship = denies who did it
mayadin-2018-04-denies-status = denies who the dead were
mayadin-2018-04-source = { $medium }, { $date }
mayadin-2018-04-source-inferred = { $medium }, { $date } (date inferred, outlet unknown)
mayadin-2018-04-alt-taken = { $place }: { $passed }, { $date }
mayadin-2018-04-alt-unchanged = No change of control of { $place } is claimed in { $when }
mayadin-2018-04-alt-claim = { $said }: { $group }, { $value }
mayadin-2018-04-alt-denial = { $said }: { $denies }
mayadin-2018-04-revised = { $value }, revised since
mayadin-2018-04-alt = Three panels. Top: deaths by month in Deir ez-Zor governorate, after { $release }: most in { $peak_month } ({ $peak } dated to within a week), { $month } in { $when }. Middle: what the report of { $published } says of control, place by place. { $control }. Bottom: what was said of the reported attack of { $attack }: { $claims }.
