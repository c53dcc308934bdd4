"""The commonest lines of pages' furniture in languages other than English, by what they do: data of ``furniture``.

*Grep for*: lire aussi, lesen sie auch, newsletter, Lesezeit. Each list parts its entries by "|"; they are compared
without case and accents. What it does not know: languages that are not here; structure tells most furniture in these
(:mod:`qa.ingestion.asides`).
"""

from __future__ import annotations

__all__ = [
    "AGO",
    "ALONE",
    "CHANNELS",
    "CONTROLS",
    "HAVE_JOINED",
    "JOINS",
    "LEADS",
    "READER_WORDS",
    "READING_TIMES",
    "SHARES",
]

# Lead to another article, which they name.
LEADS = (
    "lire aussi|à lire aussi|lire également|à découvrir|lesen sie auch|lesen sie hier|auch interessant|"
    "mehr zum thema|lee también|leer también|te puede interesar|más información|leggi anche|"
    "potrebbe interessarti|leia também|leia mais|veja também|lees ook|lees meer|läs också|läs mer|les også|"
    "læs også|czytaj też|czytaj także|zobacz też|zobacz także|przeczytaj też|читайте также|читайте еще|"
    "смотрите также|читайте також|اقرأ أيضا|اقرأ أيضًا|قد يهمك|קראו גם|קראו עוד|相关阅读|延伸阅读|相关新闻|"
    "関連記事|あわせて読みたい|"
    "관련 기사|ayrıca okuyun|δείτε επίσης|διαβάστε επίσης|citește și|lue myös"
)
# Stand alone.
ALONE = (
    "schreiben sie den ersten kommentar|be the first to comment|soyez le premier à commenter|"
    "sé el primero en comentar|artikel teilen|zur startseite|kommentare|artikel anhören|partager|partager cet article|"
    "partager l'article|commentaires|écouter l'article|comparte|compartir|comparte esta noticia|"
    "compartir esta noticia|comentarios|condividi|condividi questo articolo|commenti|compartilhar|compartilhe|"
    "compartilhe esta notícia|comentários|deel dit artikel|reacties|udostępnij|udostępnij artykuł|skomentuj|"
    "komentarze|поделиться|комментарии|شارك|شارك المقال|مشاركة|שתפו|שתף|תגובות|分享|分享到|シェア|댓글|"
    "anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|annons|annonse|annonce|mainos|reklam|"
    "reklama|oglas|hirdetés|реклама|διαφήμιση|إعلان|פרסומת|广告|広告|광고"
)
# Say where to share it, before a network's name.
SHARES = (
    "share|post|teilen|artikel teilen|compartir|comparte|compartir en|partager|partager sur|condividi|condividi su|"
    "compartilhar|compartilhe|deel|delen|dela|del|udostępnij|поделиться"
)
# Ask to subscribe.
JOINS = (
    "inscrivez-vous|abonnez-vous|s'abonner|je m'abonne|recevez|melden sie sich|jetzt anmelden|"
    "jetzt abonnieren|abonnieren sie|suscríbete|suscríbase|regístrate|iscriviti|abbonati|assine|inscreva-se|"
    "cadastre-se|receba|meld je aan|schrijf je in|abonneer|zapisz się|подписывайтесь|подпишитесь|اشترك|הירשמו|"
    "הצטרפו|订阅|関連|prenumerera|tilmeld dig|meld deg på|folgen sie|folge uns|suivez|rejoignez|síguenos|sigue|únete|"
    "apúntate|siga|entre no|seguici|segui|volg ons|volg|følg|följ|obserwuj|dołącz|sledujte|přihlaste se|odebírejte|"
    "sledujte nás|підписуйтесь|підпишіться|приєднуйтесь|стежте|присоединяйтесь|следите|abone olun|takip edin|"
    "bizi takip edin|ακολουθήστε|εγγραφείτε|γίνετε μέλος|urmărește|urmăriți|abonați-vă|kövess|kövesse|iratkozzon fel|"
    "seuraa|tilaa|تابعونا|تابعوا|ikuti|구독|フォロー"
)
# What readers are asked to join.
CHANNELS = (
    "newsletters?|boletín|infolettre|nieuwsbrief|nyhedsbrev|nyhetsbrev|hírlevél|whatsapp|telegram|"
    "(?:our|unsere|notre|nuestra|nossa|nostra|onze|vår|vores) appl?i?"
)
# How long ago something was written, as comments and teasers say it: patterns, of whole lines.
AGO = "|".join(
    (
        r"(?:about )?(?:\d{1,2}|an?) ?(?:[smhdw]|secs?|mins?|hrs?|(?:second|minute|hour|day|week|month|year)s?) ago",
        r"yesterday|just now|gestern|hier|ayer|ieri|gisteren|ontem",
        r"vor \d{1,2} (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)",
        r"il y a \d{1,2} ?(?:s|min|h|j|minutes?|heures?|jours?|semaines?|mois|ans?)",
        r"(?:hace|há) \d{1,2} (?:minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|anos?)",
        r"\d{1,2} (?:minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]) fa",
        r"\d{1,2} (?:minuten|uur|uren|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar) geleden",
    )
)
# Ask subscribers to log in.
HAVE_JOINED = (
    "déjà abonné|la suite est réservée|cet article est réservé|bitte melden sie sich an|"
    "sie sind bereits abonnent|bereits abonniert|dieser artikel ist nur für|ya eres suscriptor|"
    "¿ya eres suscriptor|inicia sesión|contenido exclusivo para|sei già abbonato|contenuto riservato|"
    "yorum yazmak için|yorum yapmak için|"
    "já é assinante|conteúdo exclusivo para|al abonnee|masz już konto|masz już prenumeratę|zaloguj się"
)
# Before a number of minutes.
READING_TIMES = (
    "reading time|estimated reading time|lesezeit|temps de lecture|lecture|tiempo de lectura|tempo di lettura|"
    "tempo de leitura|leestijd|lästid|lesetid|læsetid|czas czytania|время чтения|وقت القراءة|זמן קריאה"
)
# Buttons that are furniture only beside other furniture.
CONTROLS = (
    "print|save|bookmark|gift|listen|reply|commenter|del|dela|delen|drucken|drukuj|imprimer|imprimir|merken|"
    "stampa|teilen|打印|印刷|ツイート|保存|인쇄|yazdır|skriv ut|vytisknout"
)
# How a text speaks to its reader or of itself, by language; news does neither but in quotations. Capitals count where
# an entry has them: "Sie" is "you", "sie" is "they".
READER_WORDS = {
    language: frozenset(words.split("|"))
    for language, words in {
        "en": "you|your|yours|we|our|ours|us|we're|we'll|you're|you'll|you've",
        "de": "Sie|Ihnen|Ihr|Ihre|Ihren|Ihrem|Ihrer|wir|uns|unser|unsere|unseren|unserem|unserer|du|dich|dir|dein",
        "fr": "vous|votre|vos|nous|notre|nos|j'en|toi",
        "es": "tú|tu|tus|te|ti|usted|ustedes|nosotros|nuestro|nuestra|nuestros|nuestras|nos",
        "pt": "você|vocês|nosso|nossa|nossos|nossas|conosco",
        "it": "ti|te|tuo|tua|tuoi|tue|noi|nostro|nostra|nostri|nostre|voi|vostro|vostra|vostri|vostre",
        "nl": "u|uw|je|jij|jou|jouw|wij|we|ons|onze",
        "sv": "du|dig|din|ditt|dina|vi|oss|vår|vårt|våra|er|ert|era",
        "da": "du|dig|din|dit|dine|vi|os|vores",
        "no": "du|deg|din|ditt|dine|vi|oss|vår|vårt|våre",
        "nb": "du|deg|din|ditt|dine|vi|oss|vår|vårt|våre",
        "pl": "ty|ciebie|twój|twoja|twoje|twoich|twoim|ci|nas|nam|nami|nasz|nasza|nasze|naszego|naszych|naszym",
        "cs": "vás|vám|vámi|vaše|vaši|nás|nám|námi|naše|naši|našeho|našich",
        "sk": "vás|vám|vami|vaše|vaša|nás|nám|nami|naše|naša|našich",
        "ru": "вы|вас|вам|ваш|ваша|ваше|ваши|мы|нас|нам|наш|наша|наше|наши|нашем",
        "uk": "ви|вас|вам|ваш|ваша|ваше|ваші|ми|нас|нам|наш|наша|наше|наші|нашому",
        "tr": "siz|sizi|size|sizin|biz|bizi|bize|bizim",
        "fi": "sinä|sinun|sinulle|te|teidän|me|meidän|meille",
        "hu": "ön|önnek|neked|mi|minket|nekünk|velünk",
        "ro": "tu|dvs|dumneavoastră|voi|vostru|noi|nostru|noastră|noastre",
        "el": "εσείς|εσάς|σας|εμείς|εμάς|μας",
    }.items()
}
