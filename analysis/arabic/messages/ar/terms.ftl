# Terms of the figures. docs/GLOSSARY.md explains each choice; a test holds the two together.
# $count, $value, $low and $high are numbers; all other variables are text.

## Parties and groups of people

victims-government-and-allies = القوات الحكومية والقوات المتحالفة معها
victims-government-and-allies-short = القوات الحكومية وحلفاؤها
victims-isis = تنظيم الدولة الإسلامية
victims-isis-short = تنظيم الدولة الإسلامية
victims-hts = هيئة تحرير الشام
victims-hts-short = هيئة تحرير الشام
victims-opposition = فصائل المعارضة المسلحة
victims-opposition-short = فصائل المعارضة
victims-opposition-and-hts = فصائل المعارضة المسلحة وهيئة تحرير الشام
victims-opposition-and-hts-short = المعارضة وهيئة تحرير الشام
victims-sdf = قوات سوريا الديمقراطية
victims-sdf-short = قسد
victims-turkish-forces = القوات المسلحة التركية
victims-turkish-forces-short = القوات التركية
victims-russia = القوات المسلحة الروسية
victims-russia-short = القوات الروسية
victims-coalition = التحالف الدولي بقيادة الولايات المتحدة
victims-coalition-short = التحالف الدولي
victims-local-armed = سكان ومجموعات محلية مسلحة
victims-local-armed-short = مسلحون محليون
victims-mixed-jihadist = تنظيمات جهادية دون تفصيل
victims-mixed-jihadist-short = تنظيمات جهادية
victims-mixed-rebel-sdf = فصائل المعارضة وقوات سوريا الديمقراطية دون تفصيل
victims-mixed-rebel-sdf-short = فصائل المعارضة وقسد
victims-other-states = قوات دول أخرى
victims-other-states-short = دول أخرى
victims-civilians = مدنيون
victims-civilians-short = مدنيون
victims-unknown = انتماء غير معروف
victims-unknown-short = غير معروف
victims-all = جميع الفئات
victims-all-short = الجميع

## Outcomes

outcome-killed = قتلى
outcome-injured = جرحى
outcome-missing = مفقودون
outcome-captured = أسرى
outcome-neutralised = «تحييد» بلفظ المصدر
outcome-casualties-unspecified = قتلى وجرحى دون تفصيل

## Counts

deaths =
    { $count ->
        [zero] لا قتلى
        [one] قتيل واحد
        [two] قتيلان
        [few] { $count } قتلى
        [many] { $count } قتيلاً
       *[other] { $count } قتيل
    }
injured =
    { $count ->
        [zero] لا جرحى
        [one] جريح واحد
        [two] جريحان
        [few] { $count } جرحى
        [many] { $count } جريحاً
       *[other] { $count } جريح
    }
civilians =
    { $count ->
        [zero] لا مدنيين
        [one] مدني واحد
        [two] مدنيان
        [few] { $count } مدنيين
        [many] { $count } مدنياً
       *[other] { $count } مدني
    }
events =
    { $count ->
        [zero] لا حوادث
        [one] حادثة واحدة
        [two] حادثتان
        [few] { $count } حوادث
        [many] { $count } حادثة
       *[other] { $count } حادثة
    }
claims =
    { $count ->
        [zero] لا أقوال
        [one] قول واحد
        [two] قولان
        [few] { $count } أقوال
        [many] { $count } قولاً
       *[other] { $count } قول
    }
reports =
    { $count ->
        [zero] لا تقارير
        [one] تقرير واحد
        [two] تقريران
        [few] { $count } تقارير
        [many] { $count } تقريراً
       *[other] { $count } تقرير
    }
publishers =
    { $count ->
        [zero] لا ناشرين
        [one] ناشر واحد
        [two] ناشران
        [few] { $count } ناشرين
        [many] { $count } ناشراً
       *[other] { $count } ناشر
    }
months =
    { $count ->
        [zero] لا أشهر
        [one] شهر واحد
        [two] شهران
        [few] { $count } أشهر
        [many] { $count } شهراً
       *[other] { $count } شهر
    }
days =
    { $count ->
        [zero] لا أيام
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يوماً
       *[other] { $count } يوم
    }
places =
    { $count ->
        [zero] لا أماكن
        [one] مكان واحد
        [two] مكانان
        [few] { $count } أماكن
        [many] { $count } مكاناً
       *[other] { $count } مكان
    }

## How exact a number is

at-least = { $value } على الأقل
more-than = أكثر من { $value }
about = نحو { $value }
up-to = { $value } على الأكثر
between = بين { $low } و{ $high }
dozens = عشرات
hundreds = مئات
estimate-low = أدنى تقدير
estimate-best = أفضل تقدير
estimate-high = أعلى تقدير

## Kinds of violence

violence-state-based = نزاع أحد أطرافه دولة
violence-non-state = نزاع بين أطراف غير حكومية
violence-one-sided = عنف أحادي الجانب ضد مدنيين

## Control

control-held = سيطرة طرف واحد
control-held-by = تحت سيطرة { $holder }
control-divided = سيطرة موزعة بين طرفين
control-contested = سيطرة متنازع عليها
control-fighting = معارك مستمرة
control-disputed = مصادر متعارضة
control-date-uncertain = تاريخ غير محدد
control-unknown = غير معروف
control-passed-to = انتقلت السيطرة إلى { $holder }
control-passed-from-to = انتقلت السيطرة من { $from } إلى { $to }
mode-assault = هجوم
mode-withdrawal = انسحاب
mode-negotiated-evacuation = إجلاء بموجب اتفاق
mode-handover = تسليم
mode-infighting = اقتتال داخلي

## Dates

date = { $day } { $month } { $year }
month-year = { $month } { $year }

## Months

month-levantine-1 = كانون الثاني
month-levantine-2 = شباط
month-levantine-3 = آذار
month-levantine-4 = نيسان
month-levantine-5 = أيار
month-levantine-6 = حزيران
month-levantine-7 = تموز
month-levantine-8 = آب
month-levantine-9 = أيلول
month-levantine-10 = تشرين الأول
month-levantine-11 = تشرين الثاني
month-levantine-12 = كانون الأول
month-international-1 = يناير
month-international-2 = فبراير
month-international-3 = مارس
month-international-4 = أبريل
month-international-5 = مايو
month-international-6 = يونيو
month-international-7 = يوليو
month-international-8 = أغسطس
month-international-9 = سبتمبر
month-international-10 = أكتوبر
month-international-11 = نوفمبر
month-international-12 = ديسمبر

## Governorates

governorate-SY01 = دمشق
governorate-SY02 = حلب
governorate-SY03 = ريف دمشق
governorate-SY04 = حمص
governorate-SY05 = حماة
governorate-SY06 = اللاذقية
governorate-SY07 = إدلب
governorate-SY08 = الحسكة
governorate-SY09 = دير الزور
governorate-SY10 = طرطوس
governorate-SY11 = الرقة
governorate-SY12 = درعا
governorate-SY13 = السويداء
governorate-SY14 = القنيطرة
