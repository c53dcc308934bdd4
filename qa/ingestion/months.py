"""The months' names in the languages that date their pages in words, as printed beside a day: data of ``dates``.

*Grep for*: January, genitive, month names. Each entry holds one month's names and usual abbreviations, without accents
and case. What it does not know: Croatian, whose listopad is October where the Polish one is November, and languages
that number their months.
"""

from __future__ import annotations

__all__ = ["MONTHS"]

MONTHS = (
    "january jan januar janner janvier janv enero ene gennaio gen janeiro januari januara januaru leden ledna "
    "lednu stycznia styczen sty januarie ianuarie ian tammikuuta tammikuu ocak oca jaanuar janvaris sausio gener "
    "xaneiro января январь янв січня січень січ януари јануар јануара ιανουαριου ιαν يناير ינואר בינואר ژانویه "
    "جنوری",
    "february feb februar fevrier fevr febrero febbraio fevereiro fev februari februara unora unor lutego luty "
    "lut februarie helmikuuta helmikuu subat sub veebruar februaris vasario febrer febreiro февраля февраль фев "
    "лютого лютий лют февруари фебруар фебруара φεβρουαριου φεβ فبراير פברואר בפברואר فوریه فروری",
    "march mar marz mars marzo marco maart mrt marts marec marca marzec brezna brezen martie maaliskuuta "
    "maaliskuu mart marcius marc kovo марта март мар березня березень бер μαρτιου μαρ مارس מרץ במרץ مارچ",
    "april apr avril avr abril abr aprile aprila kwietnia kwiecien kwi dubna duben aprilie huhtikuuta huhtikuu "
    "nisan aprill aprilis balandzio апреля апрель апр квітня квітень квіт април априла απριλιου απρ أبريل אפריל "
    "באפריל آوریل",
    "may mai mayo maggio maio mei maj maja kvetna kveten toukokuuta toukokuu mayis majus maijs geguzes maig мая "
    "май травня травень трав мај маја μαιου μαι مايو מאי במאי مه",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze cervna cerven juna iunie kesakuuta kesakuu "
    "haziran haz junius juuni junijs birzelio juny xuno июня июнь июн червня червень черв јун јуна юни ιουνιου "
    "ιουν يونيو יוני ביוני",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec cervence cervenec jula iulie heinakuuta "
    "heinakuu temmuz tem julius juuli julijs liepos juliol xullo июля июль июл липня липень лип јул јула юли "
    "ιουλιου ιουλ يوليو יולי ביולי",
    "august aug aout agosto ago augustus augusti augusta sierpnia sierpien sie srpna srpen elokuuta elokuu "
    "agustos agu augusztus augusts rugpjucio agost августа август авг серпня серпень серп αυγουστου αυγ أغسطس "
    "אוגוסט באוגוסט اوت",
    "september sept sep septembre septiembre setiembre settembre set setembro septembra wrzesnia wrzesien wrz "
    "zari septembrie syyskuuta syyskuu eylul eyl szeptember szept septembris rugsejo setembre сентября сентябрь "
    "сент сен вересня вересень вер септември септембар септембра σεπτεμβριου σεπ سبتمبر ספטמבר בספטמבר",
    "october oct oktober okt octobre octubre ottobre ott outubro out oktobra pazdziernika pazdziernik rijna rijen "
    "octombrie lokakuuta lokakuu ekim oktoober oktobris spalio октября октябрь окт жовтня жовтень жовт октомври "
    "октобар октобра οκτωβριου οκτ أكتوبر אוקטובר באוקטובר اکتبر",
    "november nov novembre noviembre novembro novembra listopada listopad noiembrie marraskuuta marraskuu kasim "
    "kas novembris lapkricio ноября ноябрь ноя листопада листопад ноември новембар новембра νοεμβριου νοε نوفمبر "
    "נובמבר בנובמבר نوامبر",
    "december dec dezember dez decembre diciembre dic dicembre dezembro desember des decembra grudnia grudzien "
    "gru prosince prosinec decembrie joulukuuta joulukuu aralik ara detsember decembris gruodzio desembre декабря "
    "декабрь дек грудня грудень груд декември децембар децембра δεκεμβριου δεκ ديسمبر דצמבר בדצמבר دسامبر",
)
