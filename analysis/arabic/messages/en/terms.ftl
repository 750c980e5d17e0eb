# Terms of the figures. docs/GLOSSARY.md explains each choice; a test holds the two together.
# $count, $value, $low and $high are numbers; all other variables are text.

## Parties and groups of people

victims-government-and-allies = government forces and allied forces
victims-government-and-allies-short = Government and allies
victims-isis = Islamic State
victims-isis-short = Islamic State
victims-hts = Hayat Tahrir al-Sham
victims-hts-short = HTS
victims-opposition = armed opposition groups
victims-opposition-short = Opposition
victims-opposition-and-hts = armed opposition groups and Hayat Tahrir al-Sham
victims-opposition-and-hts-short = Opposition and HTS
victims-sdf = Syrian Democratic Forces
victims-sdf-short = SDF
victims-turkish-forces = Turkish armed forces
victims-turkish-forces-short = Turkish forces
victims-russia = Russian armed forces
victims-russia-short = Russian forces
victims-coalition = US-led international coalition
victims-coalition-short = Coalition
victims-local-armed = local armed people and groups
victims-local-armed-short = Local armed
victims-mixed-jihadist = jihadist groups, not told apart
victims-mixed-jihadist-short = Jihadist, mixed
victims-mixed-rebel-sdf = opposition groups and Syrian Democratic Forces, not told apart
victims-mixed-rebel-sdf-short = Opposition and SDF, mixed
victims-other-states = forces of other states
victims-other-states-short = Other states
victims-civilians = civilians
victims-civilians-short = Civilians
victims-unknown = affiliation unknown
victims-unknown-short = Unknown
victims-all = all groups
victims-all-short = All

## Outcomes

outcome-killed = killed
outcome-injured = injured
outcome-missing = missing
outcome-captured = captured
outcome-neutralised = “neutralised”, as the source puts it
outcome-casualties-unspecified = casualties, not told apart

## Counts

deaths =
    { $count ->
        [0] no deaths
        [one] { $count } death
       *[other] { $count } deaths
    }
injured =
    { $count ->
        [0] no injured
        [one] { $count } injured
       *[other] { $count } injured
    }
civilians =
    { $count ->
        [0] no civilians
        [one] { $count } civilian
       *[other] { $count } civilians
    }
events =
    { $count ->
        [0] no events
        [one] { $count } event
       *[other] { $count } events
    }
claims =
    { $count ->
        [0] no claims
        [one] { $count } claim
       *[other] { $count } claims
    }
reports =
    { $count ->
        [0] no reports
        [one] { $count } report
       *[other] { $count } reports
    }
publishers =
    { $count ->
        [0] no publishers
        [one] { $count } publisher
       *[other] { $count } publishers
    }
months =
    { $count ->
        [0] no months
        [one] { $count } month
       *[other] { $count } months
    }
days =
    { $count ->
        [0] no days
        [one] { $count } day
       *[other] { $count } days
    }
places =
    { $count ->
        [0] no places
        [one] { $count } place
       *[other] { $count } places
    }

## How exact a number is

at-least = at least { $value }
more-than = more than { $value }
about = about { $value }
up-to = up to { $value }
between = between { $low } and { $high }
dozens = dozens
hundreds = hundreds
estimate-low = low estimate
estimate-best = best estimate
estimate-high = high estimate

## Kinds of violence

violence-state-based = state-based conflict
violence-non-state = non-state conflict
violence-one-sided = one-sided violence against civilians

## Control

control-held = held by one side
control-held-by = held by { $holder }
control-divided = divided
control-contested = contested
control-fighting = fighting
control-disputed = sources disagree
control-date-uncertain = date uncertain
control-unknown = unknown
control-passed-to = control passed to { $holder }
control-passed-from-to = control passed from { $from } to { $to }
mode-assault = assault
mode-withdrawal = withdrawal
mode-negotiated-evacuation = negotiated evacuation
mode-handover = handover
mode-infighting = infighting

## Dates

date = { $day } { $month } { $year }
month-year = { $month } { $year }

## Months

month-levantine-1 = January
month-levantine-2 = February
month-levantine-3 = March
month-levantine-4 = April
month-levantine-5 = May
month-levantine-6 = June
month-levantine-7 = July
month-levantine-8 = August
month-levantine-9 = September
month-levantine-10 = October
month-levantine-11 = November
month-levantine-12 = December
month-international-1 = January
month-international-2 = February
month-international-3 = March
month-international-4 = April
month-international-5 = May
month-international-6 = June
month-international-7 = July
month-international-8 = August
month-international-9 = September
month-international-10 = October
month-international-11 = November
month-international-12 = December

## Governorates

governorate-SY01 = Damascus
governorate-SY02 = Aleppo
governorate-SY03 = Rif Dimashq
governorate-SY04 = Homs
governorate-SY05 = Hama
governorate-SY06 = Latakia
governorate-SY07 = Idlib
governorate-SY08 = Al-Hasakah
governorate-SY09 = Deir ez-Zor
governorate-SY10 = Tartus
governorate-SY11 = Raqqa
governorate-SY12 = Daraa
governorate-SY13 = As-Suwayda
governorate-SY14 = Quneitra
