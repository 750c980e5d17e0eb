# نصوص الأشكال. كل ما يقال عن البيانات يُحسب من الأسطر المرسومة أو يُختار بحسبها.

key-dated = تاريخ مقتلهم معروف بدقة أسبوع
key-undated =
    تاريخ مقتلهم أقل دقة، موزعون
    بالتساوي على أيام الحادثة
key-bounds =
    بين أدنى تقدير وأعلى تقدير
    لمن عُرف تاريخهم بدقة أسبوع

casualty-trend-shows = القتلى بحسب الشهر وفق بيانات UCDP، إجمالاً وبحسب الفئة، مع تمييز من تاريخ مقتلهم أقل دقة
casualty-trend-title-falls = انخفض عدد القتلى المسجلين من { $first } عام { $first_year } إلى { $last } عام { $last_year }
casualty-trend-title-rises = ارتفع عدد القتلى المسجلين من { $first } عام { $first_year } إلى { $last } عام { $last_year }
casualty-trend-title-same = عدد القتلى المسجلين { $first } عام { $first_year }، ومثله عام { $last_year }
casualty-trend-title-one = عدد القتلى المسجلين عام { $first_year }: { $first }
casualty-trend-subtitle = القتلى بحسب الشهر في سوريا، وفق أفضل تقدير لبرنامج أوبسالا لبيانات النزاعات (UCDP): { $all } إجمالاً، عُرف تاريخ مقتل { $dated } منهم بدقة أسبوع. أعلى عدد لهؤلاء { $peak } في { $peak_month }، وأدنى عدد { $trough } في { $trough_month }. في الأسفل: الفئات التي ينتمي إليها القتلى، بمقياس واحد، مع مجموع كل فئة.
casualty-trend-year = { $year }: { $all } من القتلى، عُرف تاريخ مقتل { $dated } منهم بدقة أسبوع
casualty-trend-foot = المصدر: { $release } (Sundberg and Melander 2013; Högbladh 2019)، الحوادث التي بدأت من { $first_year } إلى { $last_year }. الإصدارات اللاحقة تحصي عدداً أكبر من القتلى. الحدود هي حدود الترميز كما يعطيها هذا الإصدار، وليست مجالاً للقيمة الحقيقية. سجل سوريا { $version }.
casualty-trend-series-others = فئات أخرى
casualty-trend-alt = رسم بياني بالأعمدة لعدد القتلى بحسب الشهر في سوريا من { $start } إلى { $end }، وفق { $release }: { $first } في عام { $first_year } و{ $last } في عام { $last_year }. من أصل { $all } من القتلى عُرف تاريخ مقتل { $dated } منهم بدقة أسبوع، وتاريخ مقتل { $undated } أقل دقة، وهؤلاء مرسومون بخطوط مائلة وموزعون بالتساوي على أيام حوادثهم. أعلى عدد ممن عُرف تاريخهم بدقة أسبوع { $peak } في { $peak_month }، وأدنى عدد { $trough } في { $trough_month }. الخطوط الرفيعة هي حدود الترميز في الإصدار. وتبين رسوم بيانية صغيرة الفئات التي ينتمي إليها القتلى بمقياس واحد: مدنيون، وانتماء غير معروف، والقوات الحكومية وحلفاؤها، وتنظيم الدولة الإسلامية، والمعارضة وهيئة تحرير الشام، وقسد، وفئات أخرى.

mayadin-2018-04-shows = تقرير 19 نيسان 2018 عن الميادين في سياقه: القتلى في دير الزور، وما يقوله التقرير عن السيطرة، والأقوال الواردة فيه ونفيها
mayadin-2018-04-title-denied = الميادين، { $when }: { $claimant } يحصي { $deaths } من القوات الحكومية وحلفائها، ومصدر عسكري ينفي وقوع أي هجوم هناك
mayadin-2018-04-title-undenied = الميادين، { $when }: { $claimant } يحصي { $deaths } من القوات الحكومية وحلفائها
mayadin-2018-04-subtitle = تقرير واحد يعود إلى { $published }، في سياقه. في الأعلى: القتلى بحسب الشهر في محافظة دير الزور، وفق أفضل تقدير لبرنامج UCDP. في الوسط: ما يقوله التقرير عن السيطرة، مكاناً مكاناً ({ $drawn } من أصل { $stated } من أقواله؛ والباقي لا يخص مكاناً بعينه). في الأسفل: ما قيل عن هجوم على أطراف الميادين، يؤرخه القائلون في { $attack }.
mayadin-2018-04-foot = المصادر: { $sources }؛ { $release }. الأقوال معروضة كما قيلت، لا بوصفها وقائع ثابتة. سجل سوريا { $version }.
mayadin-2018-04-deaths = القتلى بحسب الشهر، محافظة دير الزور
mayadin-2018-04-control = السيطرة كما يذكرها التقرير
mayadin-2018-04-claims = القتلى في الهجوم المذكور، بحسب القائل وتاريخ قوله
mayadin-2018-04-attack-on = هجوم بحسب التقرير، { $date }
mayadin-2018-04-passed = انتقلت السيطرة إلى { $holder }
mayadin-2018-04-passed-vague = انتقلت السيطرة إلى { $holder } (اليوم غير مذكور)
mayadin-2018-04-passed-part = انتقلت السيطرة جزئياً إلى { $holder } (اليوم غير مذكور)
mayadin-2018-04-passed-inferred = انتقلت السيطرة إلى { $holder } (الطرف مستنتج)
mayadin-2018-04-held-part =
    { $holder }، جزئياً
    (بحسب { $claimant })
mayadin-2018-04-held-since = { $holder }، جزئياً، منذ { $year }
mayadin-2018-04-no-change =
    هجوم على أطراف المدينة بحسب التقرير؛
    ولا ذكر لانتقال السيطرة
mayadin-2018-04-said-via =
    { $claimant }، { $date }،
    نقلاً عن { $relay }
mayadin-2018-04-said = { $claimant }، { $date }
exactly = { $value }
mayadin-2018-04-denies-event = ينفي وقوع أي هجوم على مواقع الجيش عند الضفة الغربية، ولا يذكر عدداً
mayadin-2018-04-denies-number = ينفي العدد
mayadin-2018-04-denies-authorship = ينفي الجهة المسؤولة
mayadin-2018-04-denies-status = ينفي صفة القتلى
mayadin-2018-04-source = { $medium }، { $date }
mayadin-2018-04-source-inferred = { $medium }، { $date } (التاريخ مستنتج، والناشر غير معروف)
mayadin-2018-04-alt-taken = { $place }: { $passed }، { $date }
mayadin-2018-04-alt-unchanged = لا ذكر لتغير السيطرة على { $place } في { $when }
mayadin-2018-04-alt-claim = { $said }: { $group }، { $value }
mayadin-2018-04-alt-denial = { $said }: { $denies }
mayadin-2018-04-revised = { $value }، جرى تعديله لاحقاً
mayadin-2018-04-alt = ثلاثة رسوم بيانية. في الأعلى: القتلى بحسب الشهر في محافظة دير الزور، وفق { $release }: أعلى عدد في { $peak_month } ({ $peak } ممن عُرف تاريخ مقتلهم بدقة أسبوع)، و{ $month } في { $when }. في الوسط: ما يقوله تقرير { $published } عن السيطرة مكاناً مكاناً. { $control }. في الأسفل: ما قيل عن الهجوم المذكور في { $attack }: { $claims }.
