"""The words that people write into cells for a choice: yes, won, a lead's state, a kind of task."""

from __future__ import annotations

from functools import lru_cache

from desktop_crm.domain import accounts, activities, customers
from desktop_crm.domain.values import squash

_YES = ("yes|y|true|t|1|x|✓|✔|on|active|enabled|done|completed|complete|finished|high|urgent|important|"
        "ya|benar|aktif|selesai|"
        "tinggi|是|有|對|完成|已完成|啟用|高|oo|tapos|mataas|हो|छ|सक्रिय|सम्पन्न|ஆம்|முடிந்தது|sí|si|"
        "verdadero|oui|vrai|actif|"
        "terminé|ja|wahr|aktiv|erledigt")
_NO = ("no|n|false|f|0|off|undone|inactive|disabled|open|not started|in progress|waiting|deferred|pending|todo|"
       "low|medium|normal|"
       "tidak|tiada|palsu|belum|rendah|sederhana|否|無|沒有|未完成|進行中|低|中|hindi|mababa|होइन|छैन|"
       "இல்லை|falso|non|faux|"
       "nein|falsch|offen|planned|scheduled|dalam proses")
_WON = ("won|closed won|closedwon|deal won|"
        "win|success|successful|sold|paid|completed|closed|menang|berjaya|dimenangi|"
        "dijual|成交|贏單|赢单|已成交|"
        "成功|贏得|panalo|nanalo|nabenta|जितियो|सफल|बिक्री भयो|வெற்றி|வென்றது|ganado|ganada|"
        "cerrado ganado|vendido|gagné|gagnée|"
        "conclu|gewonnen|abgeschlossen")
_LOST = ("lost|closed lost|closedlost|closed lost to competition|deal lost|"
         "loss|failed|unsuccessful|rejected|cancelled|canceled|dead|kalah|gagal|hilang|"
         "dibatalkan|失敗|失败|丟單|"
         "丢单|輸單|输单|流失|未成交|talo|natalo|nawala|हारियो|असफल|गुम्यो|தோல்வி|இழந்தது|perdido|"
         "perdida|cerrado perdido|perdu|"
         "perdue|verloren")
_OPEN = ("open|in progress|ongoing|active|pending|terbuka|dibuka|aktif|sedang berjalan|進行中|进行中|"
         "開放|bukas|खुला|चालु|திறந்த|"
         "abierto|abierta|ouvert|ouverte|en cours|offen|laufend")

_STATES: dict[tuple[str, str, str], str] = {  # (state, lead state, heat) of a customer
    ("customer", "", ""): "customer|client|account|active|converted customer|existing|won|closed converted|converted|"
        "pelanggan|aktif|客戶|客户|已成交|kostumer|aktibo|ग्राहक|सक्रिय|வாடிக்கையாளர்|cliente|activo|"
        "kunde|aktiv|actif|in contract|"
        "evangelist|subscriber customer",
    ("inactive", "", ""): "inactive|dormant|churned|former|lapsed|closed|archived|tidak aktif|停用|流失|"
                          "非活躍|hindi aktibo|"
        "निष्क्रिय|செயலற்ற|inactivo|inactif|inaktiv|ehemalig",
    ("lead", "new", ""): "new|lead|prospect|open|assigned|new lead|raw|unworked|"
                         "open not contacted|not contacted|subscriber|untouched|"
                         "uncontacted|baharu|baru|"
        "prospek|belum dihubungi|新|新客戶|新客户|潛在客戶|潜在客户|bago|नयाँ|सम्भावित ग्राहक|புதிய|nuevo|"
        "nouveau|nouvelle|neu|attempted|"
        "potential customer|potencial",
    ("lead", "contacted", ""): "contacted|working|in process|opened|"
                               "attempted contact|working contacted|in progress|connected|attempted to contact|"
        "attempting to contact|open deal|dihubungi|sudah dihubungi|dalam proses|已聯絡|已联系|聯絡中|nakontak|"
        "सम्पर्क भयो|தொடர்பு கொள்ளப்பட்டது|contactado|contacté|contactée|kontaktiert",
    ("lead", "nurture", ""): "nurture|nurturing|nurtured|contact in future|on hold|"
                             "marketing qualified lead|mql|培養中|培育",
    ("lead", "qualified", ""): "qualified|sales qualified lead|sql|opportunity|pre qualified|layak|合格|"
                               "kwalipikado|योग्य|"
        "தகுதியான|calificado|cualificado|qualifié|qualifiziert",
    ("lead", "unqualified", ""): "unqualified|not qualified|disqualified|closed not converted|junk|"
                                 "junk lead|lost|lost lead|dead|closed unqualified|unresponsive|"
        "bad timing|bad fit|not interested|tidak layak|不合格|no calificado|non qualifié|unqualifiziert",
    ("lead", "recycled", ""): "recycled|recycle|returned to pool|回收",
    ("", "", "hot"): "hot|hot lead|very interested|panas|熱|热|mainit|तातो|சூடான|caliente|chaud|heiß",
    ("", "", "warm"): "warm|warm lead|suam|溫|温|maligamgam|मनतातो|tibio|tiède",
    ("", "", "cold"): "cold|cold lead|sejuk|冷|malamig|चिसो|குளிர்|frío|froid|kalt",
}
_KINDS = {
    "person": "person|individual|private|consumer|contact|b2c|individu|perorangan|個人|个人|tao|"
              "indibidwal|व्यक्ति|தனிநபர்|"
              "persona|particular|personne|particulier|privat|privatkunde|0|false|no|n",
    "company": "company|business|organization|organisation|corporate|b2b|firm|syarikat|perniagaan|公司|"
               "企業|企业|kompanya|"
               "negosyo|कम्पनी|நிறுவனம்|empresa|entreprise|société|firma|unternehmen|firmenkunde|1|true|"
               "yes|y|prospect|"
               "customer|partner|reseller|vendor|supplier|competitor",
}
_ACTIVITIES = {
    "call": "call|phone|phone call|telephone|panggilan|telefon|電話|电话|通話|tawag|फोन|कल|அழைப்பு|"
            "llamada|appel|anruf",
    "meeting": "meeting|appointment|event|lunch|mesyuarat|temu janji|會議|会议|會面|pulong|बैठक|भेट|"
               "சந்திப்பு|reunión|réunion|"
               "rendez vous|besprechung|termin",
    "visit": "visit|site visit|field visit|lawatan|拜訪|拜访|bisita|dalaw|भ्रमण|வருகை|visita|visite|besuch",
    "email": "email|mail|e-mail|emel|電子郵件|電郵|邮件|इमेल|மின்னஞ்சல்|correo|courriel",
    "message": "message|whatsapp|sms|chat|line|viber|text|messenger|mesej|訊息|消息|簡訊|mensahe|सन्देश|"
               "செய்தி|mensaje|nachricht",
    "demo": "demo|demonstration|presentation|demonstrasi|示範|演示|簡報|डेमो|presentación|démonstration|vorführung",
    "follow_up": "follow up|followup|susulan|跟進|跟进|追蹤|फलोअप|seguimiento|relance|suivi|nachfassen|"
                 "wiedervorlage|to do|todo|task|"
                 "deadline",
    "thank_you": "thank you|thanks|terima kasih|感謝|感谢|salamat|धन्यवाद|நன்றி|gracias|merci|danke",
    "delivery": "delivery|shipment|shipping|ship|penghantaran|交貨|送貨|出貨|padala|डेलिभरी|விநியோகம்|"
                "entrega|livraison|lieferung",
    "note": "note|notes|remark|nota|catatan|備註|备注|tala|टिप्पणी|குறிப்பு|notiz",
}
_DIRECTIONS = {
    "in": "in|incoming|inbound|received|masuk|來電|来电|進|papasok|भित्र|உள்வரும்|entrante|entrant|eingehend",
    "out": "out|outgoing|outbound|sent|made|keluar|去電|去电|出|palabas|बाहिर|வெளிச்செல்லும்|saliente|"
           "sortant|ausgehend",
}
_ACTIVITY_STATES = {
    "held": "held|done|completed|complete|yes|true|1|finished|closed|selesai|完成|已完成|tapos|सम्पन्न|"
            "முடிந்தது|hecho|realizado|"
            "fait|terminé|erledigt",
    "planned": "planned|scheduled|open|not started|in progress|pending|no|false|0|dirancang|計劃|预定|"
               "預定|未完成|plano|योजना|"
               "திட்டமிட்ட|planificado|pendiente|prévu|geplant|offen",
    "not_held": "not held|cancelled|canceled|no show|missed|dibatalkan|取消|kanselado|रद्द|ரத்து|"
                "cancelado|annulé|abgesagt",
}
_METHODS = {
    "cash": "cash|cash payment|cash in hand|petty cash|tunai|wang tunai|現金|现金|付現|salapi|pera|नगद|नकद|ரொக்கம்|பணம்|"
            "efectivo|espèces|bargeld|bar",
    "bank": "bank|bank transfer|transfer|wire|wire transfer|bank in|online transfer|online banking|internet banking|"
            "fpx|ibg|giro|instapay|pesonet|connectips|neft|imps|rtgs|pindahan bank|pindahan|匯款|汇款|轉帳|转账|"
            "銀行轉帳|银行转账|lipat bangko|बैंक|बैंक ट्रान्सफर|வங்கிப் பரிமாற்றம்|வங்கி|transferencia|transferencia bancaria|"
            "virement|virement bancaire|überweisung|banküberweisung",
    "card": "card|credit card|debit card|visa|mastercard|kad|kad kredit|kad debit|刷卡|信用卡|金融卡|कार्ड|கார்டு|tarjeta|"
            "carte|carte bancaire|karte|kreditkarte",
    "cheque": "cheque|check|bank cheque|cek|tseke|支票|चेक|காசோலை|talón|chèque|scheck",
    "cod": "cod|c.o.d.|cash on delivery|tunai semasa terima|tunai semasa terima (cod)|bayar semasa terima|"
           "貨到付款|货到付款|डेलिभरीमा नगद|டெலிவரியில் ரொக்கம்|contra reembolso|nachnahme",
    "duitnow": "duitnow|duitnow qr", "tng": "tng|tng ewallet|touch n go|touch n go ewallet|touchngo",
    "gcash": "gcash|g cash", "maya": "maya|paymaya", "qrph": "qr ph", "esewa": "esewa|e sewa", "khalti": "khalti",
    "fonepay": "fonepay|phonepay qr", "upi": "upi|google pay upi|phonepe|paytm upi|bhim",
    "linepay": "line pay|linepay",
}


_CONSENTS = {
    "marketing": "marketing|newsletter|newsletters|promotions|advertising|opted in|opt in|subscribed|confirmed|granted|"
                 "given|explicit|pemasaran|promosi|行銷|营销|已訂閱|已订阅|प्रचार|விளம்பரம்",
    "service": "service|service and orders|orders|perkhidmatan|服務|服务|serbisyo|सेवा|சேவை",
    "sharing": "sharing|sharing with partners|third parties|partners|perkongsian|分享|共享",
    "pictures": "pictures|photos|pictures and names in public|gambar|照片|larawan|तस्बिर|படங்கள்",
    "profile": "profile|profiling|notes about them|profil|檔案|档案",
    "out": "opted out|opt out|unsubscribed|withdrawn|revoked|denied|refused|cleaned|ditarik balik|berhenti langgan|"
           "已退訂|已退订|撤回|拒絕|拒绝|binawi|फिर्ता|திரும்பப் பெறப்பட்டது",
}
_BASES = {
    "consent": "consent|freely given consent from contact|explicit consent|opt in|persetujuan|同意|pahintulot|सहमति|"
               "ஒப்புதல்|consentimiento|consentement|einwilligung",
    "contract": "contract|performance of a contract|kontrak|合約|合同|kontrata|सम्झौता|ஒப்பந்தம்|contrato|contrat|vertrag",
    "legal": "legal|legal obligation|required by law|law|undang undang|法定|法律要求|batas|कानून|சட்டம்|obligación legal",
    "interest": "interest|legitimate interest|legitimate interests|legitimate interest existing customer|"
                "legitimate interest prospect lead|legitimate interest other|kepentingan sah|正當利益|正当利益|"
                "lehitimong interes|interés legítimo|intérêt légitime|berechtigtes interesse",
}
_LANGUAGES = {
    "en": "en|eng|english|inggeris|英文|英語|英语|ingles|अङ्ग्रेजी|ஆங்கிலம்|inglés|anglais|englisch",
    "ms": "ms|msa|malay|melayu|bahasa|bahasa malaysia|馬來文|马来文|マレー語|मलाय|மலாய்|malayo",
    "zh_TW": "zh|zh tw|zh hant|chinese|traditional chinese|mandarin|cina|中文|繁體|华语|華語|चिनियाँ|சீனம்|intsik",
    "fil": "fil|tl|tgl|tagalog|pilipino|菲律賓文|फिलिपिनो|பிலிப்பினோ", "ne": "ne|nep|nepali|尼泊爾文|நேபாளி",
    "ta": "ta|tam|tamil|泰米爾文|淡米爾文|तमिल",
}


def _table(words: dict[str, str]) -> dict[str, str]:
    return {_key(word): code for code, text in reversed(words.items()) for word in text.split("|")}


def _key(text: str) -> str:
    return squash(text) or text.strip()  # a tick has no letters


@lru_cache(maxsize=4)
def yes_no() -> dict[str, bool]:
    """True or False by squashed word."""
    return {_key(word): value for words, value in ((_NO, False), (_YES, True)) for word in words.split("|")}


@lru_cache(maxsize=1)
def consents() -> dict[str, str]:
    """The purpose of a consent, or "out" where it was taken back, by squashed word."""
    return _table(_CONSENTS)


@lru_cache(maxsize=1)
def languages() -> dict[str, str]:
    """The code of a language that papers can be in, by squashed word."""
    return _table(_LANGUAGES)


@lru_cache(maxsize=1)
def statuses() -> dict[str, str]:
    """A deal's status (open, won, lost) by squashed word."""
    return _table({"won": _WON, "lost": _LOST, "open": _OPEN})


@lru_cache(maxsize=1)
def methods() -> dict[str, str]:
    """The code of a way to pay by squashed word."""
    return _table(_METHODS)


@lru_cache(maxsize=1)
def states() -> dict[str, tuple[str, str, str]]:
    """(state, lead state, heat) of a customer by squashed word; what a word does not say is ""."""
    return {_key(word): said for said, words in reversed(_STATES.items()) for word in words.split("|")}


@lru_cache(maxsize=8)
def codes(kind: str, field: str) -> dict[str, str]:
    """The codes of a choice field by squashed word."""
    tables = {
        ("customers", "kind"): _KINDS, ("tasks", "kind"): _ACTIVITIES, ("activities", "kind"): _ACTIVITIES,
        ("activities", "direction"): _DIRECTIONS, ("activities", "state"): _ACTIVITY_STATES,
        ("payments", "state"): {code: f"{code}|{title}" for code, title in accounts.STATES.items()},
        ("customers", "prefers"): {code: f"{code}|{title}" for code, title in customers.CHANNELS.items()},
    }
    found = _table(tables.get((kind, field), {}))
    if field == "consent_basis":
        found |= _table(_BASES)
    if field == "heat":
        found |= {word: said[2] for word, said in states().items() if said[2]}
    if field == "lead_state":
        found |= {word: said[1] for word, said in states().items() if said[1]}
        found |= {_key(code): code for code in customers.LEAD_STATES}
    if field == "kind" and kind != "customers":
        found |= {_key(code): code for code in activities.KINDS}
    return found


SOURCES = {
    "website": "web|website|web site|organic search|direct traffic|internet|laman web|網站|网站|वेबसाइट|"
               "sitio web|site web|webseite",
    "referral": "referral|referrals|partner referral|employee referral|word of mouth|rujukan|介紹|介绍|推薦|रेफरल",
    "social": "social media|social|facebook|instagram|tiktok|media sosial|社群|社交媒體|सामाजिक सञ्जाल",
    "cold_call": "cold call|cold calling|陌生開發", "advertising": "advertising|advertisement|"
                    "paid search|paid social|ads|iklan|廣告|广告",
    "email": "email marketing|email campaign", "exhibition": "trade show|tradeshow|exhibition|fair|pameran|展覽|展览",
    "walk_in": "walk in|walkin", "phone": "phone inquiry|phone enquiry", "partner": "partner",
}


@lru_cache(maxsize=1)
def sources() -> dict[str, str]:
    """A seeded source's code by squashed word."""
    return _table(SOURCES)


STAGE_PROBABILITIES = {
    "prospecting": 10, "prospect": 10, "lead": 10, "new": 10, "appointmentscheduled": 20, "engaging": 20, "engaged": 20,
    "contacted": 20, "contactmade": 20, "qualification": 25, "qualified": 25, "qualifiedtobuy": 25, "needsanalysis": 30,
    "demoscheduled": 40, "presentationscheduled": 40, "valueproposition": 50, "proposal": 50, "proposalmade": 50,
    "quote": 50, "quotation": 50, "iddecisionmakers": 60, "decisionmakerboughtin": 70, "perceptionanalysis": 70,
    "proposalpricequote": 75, "negotiation": 75, "negotiationreview": 75, "negotiationsstarted": 75, "contractsent": 90,
    "verbalagreement": 90,
}
"""The probability (per cent) with which a stage that comes with a file starts, by squashed name."""

USUAL_PROBABILITY = 20
