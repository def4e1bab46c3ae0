"""The headings that people give to columns, in English, Malay, Chinese, Filipino, Nepali, Tamil, Spanish,
French and German, by kind of record and field; compared without case, accents, spaces and punctuation."""

from __future__ import annotations

from functools import lru_cache

from desktop_crm.domain.importing.fields import fields
from desktop_crm.domain.importing.headings_further import FURTHER, OF_CONTACTS, OF_CUSTOMERS, OF_PHONE_BOOKS
from desktop_crm.domain.values import squash

_NAME = ("name|full name|display name|nama|nama penuh|姓名|名稱|名称|名字|pangalan|buong pangalan|नाम|पूरा नाम|பெயர்|"
         "முழுப்பெயர்|nombre|nombre completo|nom|nom complet|vollständiger name|bezeichnung|title name|file as")
SURE = len(_NAME.split("|"))
"""A heading of a lower rank says "name" itself, whatever the cells below look like."""

_PERSON = ("contact|contact name|contact person|person|person name|lead|lead name|kontak|nama kontak|orang dihubungi|"
           "聯絡人|联系人|聯絡人姓名|联系人姓名|kontak na tao|सम्पर्क व्यक्ति|தொடர்பு நபர்|contacto|"
           "persona de contacto|"
           "kontakt|ansprechpartner|contact principal|primary contact|prospect|prospek")
_COMPANY = ("company|company name|organization|organisation|organization name|organisation name|business|"
            "business name|firm|employer|related company|associated company|syarikat|nama syarikat|perniagaan|公司|"
            "公司名稱|公司名称|企業|企业|kompanya|kumpanya|negosyo|कम्पनी|कम्पनीको नाम|நிறுவனம்|empresa|compañía|"
            "entreprise|société|firma|unternehmen|firmenname")
_CUSTOMER = ("customer|customer name|client|client name|account|account name|buyer|shop|shop name|store|outlet|"
             "pelanggan|nama pelanggan|klien|kedai|nama kedai|pembeli|客戶|客户|客戶名稱|客户名称|顧客|"
             "顾客|店家|店名|商店|"
             "買方|kostumer|kliyente|suki|tindahan|mamimili|ग्राहक|ग्राहकको नाम|पसल|வாடிக்கையாளர்|"
             "வாடிக்கையாளர் பெயர்|கடை|"
             "cliente|nombre del cliente|cuenta|nom du client|compte|kunde|kundenname|debitor|sold to|bill to|payer")
_SELLER = ("seller|salesperson|sales person|sales rep|salesrep|sales representative|sales agent|sales|agent|rep|"
           "owner|deal owner|account owner|contact owner|lead owner|opportunity owner|record owner|assigned to|"
           "assigned to user|assigned user|sales owner|owned by|responsible|responsible person|"
           "account manager|sold by|jurujual|wakil jualan|penjual|ejen|業務|业务|業務員|业务员|業務人員|"
           "銷售員|销售员|"
           "負責人|负责人|tindero|tindera|ahente|बिक्रेता|विक्रेता|விற்பனையாளர்|vendedor|comercial|agente|vendeur|"
           "commercial|verkäufer|vertriebsmitarbeiter|zuständig|salesman")
_PRODUCT = ("product|product name|item|item name|article|sku name|goods|produk|nama produk|barang|產品|产品|產品名稱|"
            "产品名称|商品|品名|produkto|paninda|उत्पादन|सामान|பொருள்|தயாரிப்பு|producto|artículo|"
            "produit|produkt|artikel")
_DEAL = ("deal|deal name|deal title|opportunity|opportunity name|opportunity title|sale|sale name|project|"
         "urus niaga|tawaran|peluang|商機|商机|商機名稱|商机名称|交易|案件|benta|oportunidad|negocio|"
         "affaire|opportunité|"
         "geschäft|verkaufschance|vorgang|सौदा|ஒப்பந்தம்")
_CREATED = ("created|created on|created at|created date|create date|creation date|date created|date added|"
            "date registered|added|"
            "added on|added time|first seen|since|customer since|registered|registration date|open date|opened|"
            "tarikh dicipta|tarikh daftar|dicipta|tarikh dibuka|建立日期|创建日期|創建日期|建立時間|"
            "创建时间|登記日期|petsa ng pagkagawa|"
            "नगरी मिति|दर्ता मिति|सिर्जना मिति|உருவாக்கிய தேதி|fecha de creación|fecha de alta|creado|"
            "date de création|"
            "créé le|erstellt|erstellt am|erstelldatum|angelegt am")
_DATE = ("date|day|tarikh|日期|petsa|मिति|தேதி|fecha|datum|when|time|datetime|timestamp|on date")
_NOTES = ("notes|note|card description|remark|remarks|comment|comments|description|background|memo|details|"
          "additional info|catatan|"
          "nota|ulasan|keterangan|備註|备注|說明|说明|附註|描述|tala|puna|paalala|टिप्पणी|कैफियत|"
          "குறிப்பு|குறிப்புகள்|notas|"
          "observaciones|comentarios|remarques|commentaire|notizen|bemerkung|bemerkungen|anmerkung|note content")
_AMOUNT = ("amount|value|deal value|deal amount|close value|total|total amount|grand total|sum|revenue|price total|"
           "opportunity amount|deal size|sales|worth|jumlah|nilai|amaun|jumlah besar|jumlah (rm)|"
           "amount (rm)|金額|金额|"
           "總額|总额|總計|总计|成交金額|成交金额|halaga|kabuuan|रकम|जम्मा|மதிப்பு|தொகை|மொத்தம்|importe|"
           "monto|valor|total amount due|"
           "montant|valeur|betrag|wert|summe|umsatz|gesamt")
_STATUS = "status|state|statut|estado|狀態|状态|katayuan|स्थिति|நிலை|zustand"
_CURRENCY = ("currency|currency code|mata wang|matawang|幣別|币种|貨幣|货币|pera|salapi|मुद्रा|நாணயம்|"
             "moneda|divisa|devise|"
             "monnaie|währung|product currency|deal currency")
_ID = ("id|record id|external id|ref|reference|reference no|ref no|reference number|code|key|number|no|uid|guid|"
       "identifier|rujukan|no rujukan|kod|編號|编号|代號|代码|單號|单号|kodigo|numero|कोड|क्रम संख्या|"
       "குறியீடு|எண்|código|"
       "referencia|identifiant|référence|nummer|kennung|s/n")
_TAGS = ("tags|tag|tag list|labels|label|category|categories|segment|segments|group|groups|group membership|"
         "keywords|tanda|"
         "label pelanggan|kategori|kumpulan|標籤|标签|分類|分类|類別|类别|kategorya|grupo|श्रेणी|समूह|"
         "பிரிவு|குறிச்சொல்|etiquetas|"
         "categoría|étiquettes|catégorie|kategorie|schlagworte|gruppe")
_SOURCE = ("source|lead source|original source|deal source|channel|referral source|how did you hear about us|sumber|"
           "punca|saluran|來源|来源|客戶來源|客户来源|管道|pinagmulan|स्रोत|மூலம்|origen|fuente|provenance|"
           "origine|quelle|herkunft")
_CAMPAIGN = ("campaign|campaign name|lead campaign|marketing campaign|utm campaign|kempen|活動名稱|活动名称|"
             "kampanya|अभियान|பிரச்சாரம்|campaña|campagne|kampagne")
_LINE = ("line|product line|series|family|product family|category|product category|group|type|siri|kategori|barisan|"
         "系列|產品線|产品线|類別|分類|类别|分类|linya|kategorya|श्रेणी|வகை|línea|categoría|familia|"
         "gamme|catégorie|série|"
         "produktlinie|kategorie|warengruppe|serie")
_REGION = ("region|address state|regional office|territory|area|zone|state|province|state province|county|district|"
           "business state|"
           "province code|state code|"
           "mailing state|billing state|billing state/province|home state|state abbr|wilayah|negeri|kawasan|daerah|"
           "地區|地区|區域|区域|縣市|县市|省份|州|rehiyon|lalawigan|क्षेत्र|प्रदेश|जिल्ला|பகுதி|மாநிலம்|"
           "மண்டலம்|región|provincia|"
           "zona|région|département|bundesland|gebiet")
_DUE = ("due|due date|due on|deadline|due by|scheduled|scheduled for|activity due date|tarikh akhir|tarikh tamat|"
        "到期日|截止日期|期限|預定日|petsa ng takda|takdang petsa|म्याद|अन्तिम मिति|கடைசி தேதி|"
        "நிலுவை தேதி|vencimiento|"
        "fecha límite|échéance|date d'échéance|fällig|fällig am|fälligkeit|payment due")
_TYPE = ("type|kind|activity type|task type|jenis|類型|类型|種類|uri|प्रकार|வகை|tipo|type d'activité|art|typ")
_MINUTES = (
    "minutes|duration|duration minutes|duration (min)|length|minit|tempoh|分鐘|分钟|時長|minuto|मिनेट|"
    "நிமிடம்|duración|durée|dauer|minuten"
)
_TITLE = ("subject|title|task|task name|card name|activity|activity subject|summary|topic|to do|todo|tugas|"
          "tugasan|perkara|"
          "aktiviti|主旨|主題|任務|任务|待辦|活動|活动|事項|gawain|paksa|aktibidad|काम|कार्य|विषय|பணி|"
          "தலைப்பு|asunto|tarea|"
          "actividad|objet|tâche|sujet|activité|betreff|aufgabe|aktivität|thema")
_ROLE = ("role|job title|position|designation|title|occupation|department|organization title|job|"
         "jawatan|職稱|职称|職位|职位|"
         "頭銜|posisyon|katungkulan|पद|பதவி|cargo|puesto|poste|fonction|rolle|funktion")
_PARENT = ("parent|parent company|parent account|subsidiary of|belongs to|part of|head office|group company|"
           "holding|syarikat induk|母公司|總公司|总公司|मूल कम्पनी|தாய் நிறுவனம்|empresa matriz|matriz|société mère|"
           "maison mère|muttergesellschaft|konzern")

_PEOPLE = {
    "first_name": "first name|given name|forename|nama pertama|名|unang pangalan|पहिलो नाम|முதல் பெயர்|"
                  "nombre de pila|prénom|vorname|person first name",
    "middle_name": "middle name|additional name|nama tengah|gitnang pangalan|segundo nombre|deuxième prénom",
    "last_name": "last name|surname|family name|nama keluarga|姓|姓氏|apelyido|थर|குடும்பப் பெயர்|apellido|apellidos|"
                 "nom de famille|nachname|familienname|person last name",
}
_REACH = {
    "emails": "email|e-mail|mail|email address|e-mail address|email id|emel|alamat emel|電子郵件|"
              "电子邮件|電郵|電子信箱|信箱|邮箱|"
              "इमेल|மின்னஞ்சல்|correo|correo electrónico|courriel|adresse e-mail|adresse mail|"
              "e-mail-adresse|mailadresse|"
              "email work|email home|email other|personal email|work email|business email|primary email|person email|"
              "person email work|person email home|email value|mail value|email2address|email3address",
    "phones": "phone|phone number|telephone|telephone number|tel|tel no|mobile|mobile phone|"
              "mobile number|mobile no|cell|"
              "cell phone|cellphone|handphone|hp|hp no|contact number|contact no|whatsapp|whatsapp number|line phone|"
              "viber|phone work|phone home|phone other|home phone|work phone|business phone|other phone|"
              "primary phone|"
              "main phone|company main phone|person phone|phone value|telefon|no telefon|nombor telefon|no tel|"
              "telefon bimbit|no hp|電話|电话|手機|手机|聯絡電話|联系电话|電話號碼|手機號碼|行動電話|"
              "telepono|numero ng telepono|"
              "selpon|फोन|फोन नम्बर|मोबाइल|सम्पर्क नम्बर|தொலைபேசி|கைபேசி|அலைபேசி|தொலைபேசி எண்|teléfono|móvil|celular|"
              "numéro de téléphone|téléphone|portable|mobil|handy|telefonnummer|rufnummer|car phone|dialled number",
}

_WORDS: dict[str, dict[str, str]] = {
    "customers": {
        "name": f"{_NAME}|{_CUSTOMER}|{_PERSON}", "company": _COMPANY, **_PEOPLE, **_REACH,
        "parent": _PARENT, "seller": _SELLER, "source": _SOURCE, "campaign": _CAMPAIGN, "tags": _TAGS, "notes": _NOTES,
        "kind": "is a company|is company|customer type|account type|client type|jenis pelanggan|客戶類型|客户类型|"
                "uri ng kostumer|ग्राहक प्रकार|tipo de cliente|type de client|kundentyp|kundenart",
        "state": f"{_STATUS}|客戶狀態|客户状态|status pelanggan|lead status|customer status|account status|"
                 "stage|lifecycle stage|peringkat|interested",
        "heat": "heat|temperature|rating|lead rating|temperatur|suhu|熱度|热度",
        "industry": "industry|sector|line of business|business type|industri|sektor|產業|产业|行業|行业|"
                    "所屬行業|所属行业|"
                    "industriya|उद्योग|"
                    "தொழில்|துறை|industria|giro|secteur|secteur d'activité|branche",
        "region": _REGION,
        "address": "address|street|street address|street 2|address 1|address 2|address line 1|address line 2|"
                   "address line1|address line2|address line3|addressline1|addressline2|addressline3|"
                   "mailing street|business street|home street|billing street|business address|home address|"
                   "address formatted|address street|organization address|mailing address line|alamat|"
                   "jalan|地址|住址|"
                   "通訊地址|tirahan|ठेगाना|முகவரி|dirección|calle|domicilio|adresse|rue|straße|anschrift",
        "city": "city|town|mailing city|business city|home city|billing city|address city|bandar|城市|市|"
                "lungsod|bayan|"
                "सहर|शहर|நகரம்|ciudad|localidad|ville|stadt|ort|location|"
                "office location|headquarters|hq|place|lokasi|tempat|所在地|地點|地点|lokasyon|स्थान|"
                "இடம்|ubicación|lieu|standort",
        "postcode": "postcode|post code|zip|zip code|zipcode|postal code|zip/postal code|mailing zip/postal code|"
                    "billing zip/postal code|business postal code|home postal code|address postal code|"
                    "poskod|郵遞區號|"
                    "邮编|邮政编码|zip kodigo|हुलाक कोड|அஞ்சல் குறியீடு|código postal|code postal|plz|postleitzahl",
        "country": "country|country/region|mailing country|business country/region|business country|home country|"
                   "country code|"
                   "home country/region|billing country|address country|negara|國家|国家|bansa|देश|நாடு|"
                   "país|pays|land",
        "website": "website|web site|web page|web|url|homepage|website value|personal web page|work website|"
                   "corporate website|"
                   "laman web|網站|网站|網址|"
                   "वेबसाइट|இணையதளம்|sitio web|página web|site web|site internet|webseite",
        "founded": "founded|founded in|year established|established|year founded|founding year|ditubuhkan|成立年份|"
                   "創立年|स्थापना|நிறுவப்பட்டது|año de fundación|fondée en|année de création|"
                   "gründungsjahr|gegründet",
        "employees": "employees|number of employees|employee count|no of employees|headcount|staff|bilangan pekerja|"
                     "pekerja|員工數|员工数|empleyado|कर्मचारी|பணியாளர்கள்|empleados|effectif|employés|mitarbeiter|"
                     "mitarbeiterzahl",
        "call_name": "nickname|call name|short name|nama panggilan|gelaran|暱稱|昵称|稱呼|palayaw|उपनाम|"
                     "புனைபெயர்|apodo|"
                     "surnom|spitzname|rufname",
        "created": f"{_CREATED}|{_DATE}",
        "external_id": f"{_ID}|customer id|customer no|customer code|customer number|account id|"
                       "account no|account number|account code|member id|member no|membership no|no ahli|"
                       "client id|client code|lead id|contact id|company id|no pelanggan|kod pelanggan|"
                       "客戶編號|客户编号|"
                       "客戶代號|kundennummer|número de cliente|numéro client|ग्राहक नम्बर",
    },
    "contacts": {
        "name": f"{_NAME}|{_PERSON}", "customer": f"{_COMPANY}|{_CUSTOMER}", **_PEOPLE, **_REACH, "role": _ROLE,
        "notes": _NOTES, "created": f"{_CREATED}|{_DATE}",
        "external_id": f"{_ID}|contact id|person id|lead id",
    },
    "sellers": {
        "name": f"{_NAME}|{_SELLER}|employee|staff|pekerja|kakitangan|員工|empleyado|mitarbeiter", **_PEOPLE,
        "team": "team|manager|sales manager|team leader|supervisor|group|pasukan|pengurus|團隊|团队|"
                "組別|主管|經理|经理|"
                "koponan|टोली|टिम|குழு|மேலாளர்|equipo|gerente|equipe|équipe|responsable|gruppe|leiter",
        "region": f"{_REGION}|office|branch|cawangan|分店|分公司|sangay|शाखा|கிளை|oficina|sucursal|bureau|agence|"
                  "niederlassung|filiale",
        "active": f"active|is active|enabled|aktif|啟用|在職|aktibo|सक्रिय|செயலில்|activo|actif|aktiv|{_STATUS}",
        "external_id": f"{_ID}|seller id|agent id|employee id|owner id|sales id|staff id|no pekerja|員工編號",
    },
    "products": {
        "name": f"{_NAME}|{_PRODUCT}|description", "line": _LINE,
        "price": "price|sales price|selling price|unit price|list price|retail price|rate|product price|"
                 "suggested retail "
                 "price|harga|harga jualan|harga seunit|價格|价格|單價|单价|售價|售价|presyo|मूल्य|दर|"
                 "விலை|precio|precio de venta|"
                 "prix|prix de vente|tarif|preis|verkaufspreis|stückpreis",
        "cost": "cost|cost price|unit cost|purchase price|buying price|kos|harga kos|成本|進價|进价|"
                "gastos|puhunan|लागत|"
                "खरिद मूल्य|அடக்க விலை|costo|coste|precio de compra|coût|prix d'achat|kosten|einkaufspreis",
        "currency": _CURRENCY,
        "active": "active|is active|available|on sale|aktif|啟用|上架|aktibo|सक्रिय|activo|actif|aktiv",
        "external_id": f"{_ID}|product id|product code|sku|item code|item no|barcode|upc|ean|part number|kod produk|"
                       "kod barang|產品編號|产品编号|貨號|货号|商品編號|code produit|artikelnummer|"
                       "código de producto",
    },
    "deals": {
        "name": f"{_NAME}|{_DEAL}|subject|title", "customer": f"{_CUSTOMER}|{_COMPANY}|person name|contact",
        "seller": _SELLER, "product": _PRODUCT,
        "quantity": "quantity|qty|units|pieces|count|kuantiti|bilangan|unit|數量|数量|件數|dami|bilang|"
                    "परिमाण|संख्या|அளவு|"
                    "எண்ணிக்கை|cantidad|unidades|quantité|menge|anzahl|stück",
        "price": "price|unit price|rate|harga|harga seunit|單價|单价|presyo|मूल्य|दर|விலை|precio|prix|"
                 "prix unitaire|preis|"
                 "stückpreis",
        "amount": _AMOUNT, "currency": _CURRENCY,
        "stage": "stage|deal stage|sales stage|pipeline stage|opportunity stage|step|phase|peringkat|tahap|階段|阶段|"
                 "銷售階段|销售阶段|yugto|चरण|கட்டம்|etapa|fase|étape|etappe|verkaufsphase",
        "status": f"{_STATUS}|deal status|result|outcome|won lost|keputusan|結果|结果|resulta|परिणाम|"
                  "முடிவு|resultado|"
                  "résultat|ergebnis",
        "pipeline": "pipeline|funnel|sales pipeline|saluran paip|銷售流程|管線|embudo|entonnoir",
        "source": _SOURCE,
        "created": f"{_CREATED}|engage date|start date|{_DATE}",
        "expected": "expected|expected on|expected close|expected close date|forecast date|forecast close date|"
                    "estimated close date|tarikh jangkaan|預計成交日|预计成交日期|預計結案日|"
                    "inaasahang petsa|अपेक्षित मिति|"
                    "எதிர்பார்க்கும் தேதி|fecha prevista|cierre previsto|clôture prévue|date de clôture prévue|"
                    "erwartet am|voraussichtlicher abschluss",
        "closed": "closed|closed on|close date|closed date|closing date|won date|won time|lost date|"
                  "end date|date closed|"
                  "invoice date|order date|sale date|tarikh tutup|tarikh jualan|成交日|成交日期|"
                  "結案日期|关闭日期|結束日期|"
                  "petsa ng pagsara|बन्द मिति|बिक्री मिति|மூடிய தேதி|fecha de cierre|date de clôture|abschlussdatum|"
                  "geschlossen am",
        "lost_reason": "lost reason|loss reason|reason lost|closed lost reason|reason|sebab|sebab gagal|"
                       "失敗原因|流失原因|"
                       "丟單原因|dahilan|कारण|காரணம்|motivo de pérdida|motivo|raison de perte|raison|"
                       "verlustgrund|grund",
        "notes": _NOTES,
        "external_id": f"{_ID}|deal id|opportunity id|order id|order no|order number|invoice no|invoice number|"
                       "document number|document no|"
                       "transaction id|no invois|no pesanan|商機編號|訂單編號|订单编号|發票號碼|numéro de commande|"
                       "auftragsnummer|número de pedido",
    },
    "tasks": {
        "name": f"{_TITLE}|{_NAME}|description", "kind": _TYPE, "due": f"{_DUE}|{_DATE}",
        "due_time": "due time|time|at|masa|時間|时间|oras|समय|நேரம்|hora|heure|uhrzeit",
        "minutes": _MINUTES,
        "important": "important|priority|keutamaan|penting|重要|優先|mahalaga|महत्त्वपूर्ण|முக்கியம்|"
                     "importante|importance|wichtig",
        "urgent": "urgent|segera|緊急|紧急|madalian|जरुरी|அவசரம்|urgente|dringend",
        "done": f"done|done on|due complete|completed|completed on|complete|finished|closed|selesai|完成|已完成|"
                "完成日期|tapos|natapos|"
                f"सम्पन्न|முடிந்தது|hecho|completado|terminé|fait|erledigt|erledigt am|{_STATUS}",
        "customer": f"{_CUSTOMER}|{_COMPANY}", "contact": _PERSON, "deal": _DEAL, "seller": _SELLER, "notes": _NOTES,
        "created": _CREATED, "external_id": f"{_ID}|task id|activity id|card id",
    },
    "activities": {
        "name": f"text|{_TITLE}|{_NOTES}|{_NAME}|body|message|"
                "content", "kind": _TYPE, "date": f"{_DATE}|{_CREATED}|{_DUE}|held on",
        "direction": "direction|in out|inbound outbound|arah|方向|direksyon|दिशा|திசை|dirección|richtung|sens",
        "state": _STATUS, "minutes": _MINUTES,
        "outcome": "outcome|result|call result|call outcome|disposition|hasil|結果|结果|resulta|नतिजा|"
                   "விளைவு|resultado|"
                   "résultat|ergebnis",
        "customer": f"{_CUSTOMER}|{_COMPANY}", "contact": _PERSON, "deal": _DEAL, "seller": _SELLER,
        "external_id": f"{_ID}|activity id|call id|event id",
    },
    "payments": {
        "name": "for what|for|purpose|description|details|name|subject|invoice|invoice no|invoice number|"
                "bill no|untuk|"
                "perkara|invois|no invois|用途|摘要|項目|發票號碼|发票号码|para sa|विवरण|बिल नम्बर|"
                "விவரம்|concepto|factura|objet|"
                "facture|verwendungszweck|rechnung|rechnungsnummer",
        "customer": f"{_CUSTOMER}|{_COMPANY}|{_PERSON}|from|paid by|received from|daripada|付款人|mula kay",
        "deal": f"{_DEAL}|order|pesanan|訂單|订单", "seller": f"{_SELLER}|cashier|juruwang",
        "amount": f"{_AMOUNT}|paid|amount paid|amount received|payment|payment amount|bayaran|"
                  "jumlah bayaran|付款金額|收款金額|"
                  "付款|bayad|भुक्तानी|கட்டணம்|pago|paiement|zahlung|spend|price",
        "currency": _CURRENCY, "due": _DUE,
        "received": f"received|received on|date received|paid on|payment date|paid date|date paid|transaction date|"
                    f"invoice date|order date|tarikh bayaran|tarikh terima|收款日期|付款日期|入帳日期|petsa ng bayad|"
                    f"भुक्तानी मिति|செலுத்திய தேதி|fecha de pago|date de paiement|zahlungsdatum|"
                    f"bezahlt am|{_DATE}|{_CREATED}",
        "method": "method|payment method|payment type|paid by method|mode|kaedah|kaedah bayaran|"
                  "cara bayaran|付款方式|"
                  "支付方式|paraan ng bayad|भुक्तानी माध्यम|முறை|método|método de pago|forma de pago|"
                  "mode de paiement|"
                  "zahlungsart|zahlungsmethode|bank",
        "external_id": f"{_ID}|payment id|transaction id|receipt no|receipt number|no resit|"
                       "document number|document no|"
                       "no transaksi|收據編號|resibo|"
                       "रसिद नम्बर|ரசீது எண்|recibo|numéro de reçu|belegnummer",
    },
}
_OWN = {
    "birthday": "birthday|birthdate|birth date|date of birth|dob|born|hari lahir|tarikh lahir|生日|出生日期|kaarawan|"
                "जन्म मिति|जन्मदिन|பிறந்த நாள்|பிறந்த தேதி|cumpleaños|fecha de nacimiento|anniversaire|"
                "date de naissance|geburtstag|geburtsdatum",
    "registration": "registration number|registration no|reg no|company number|company no|"
                    "company registration|company registration no|"
                    "business registration no|ssm|ssm no|brn|uen|no pendaftaran|no ssm|統一編號|统一编号|統編|"
                    "दर्ता नम्बर|பதிவு எண்|siren|siret|handelsregister",
    "tax_number": "tax number|tax id|tax no|vat|vat number|vat no|tin|gst|gst no|gstin|sst no|sst id|pan|pan no|"
                  "no cukai|稅號|税号|पान नम्बर|வரி எண்|nif|cif|n tva|ust id|steuernummer",
}
_WORDS["customers"] |= _OWN | FURTHER
_WORDS["contacts"] |= FURTHER | {"birthday": _OWN["birthday"]} | {
    key: _WORDS["customers"][key] for key in ("address", "city", "region", "postcode", "country")}
for _kind, _more in (("customers", OF_PHONE_BOOKS | OF_CUSTOMERS), ("contacts", OF_PHONE_BOOKS | OF_CONTACTS)):
    _WORDS[_kind] |= {key: f"{_WORDS[_kind].get(key, '')}|{words}".strip("|") for key, words in _more.items()}


@lru_cache(maxsize=16)
def known(kind: str) -> dict[str, tuple[tuple[int, str], ...]]:
    """By squashed heading, the fields that it may mean in an import as `kind`, each with its rank: 0 is surest.

    The word that stands earlier in its field's list counts for more.
    """
    ranked: dict[str, dict[str, int]] = {}
    for key, words in _WORDS[kind].items():
        for rank, word in enumerate(words.split("|")):
            ranked.setdefault(squash(word), {}).setdefault(key, rank)
    for item in fields(kind):
        ranked.setdefault(squash(item.title), {}).setdefault(item.key, 500)
    return {word: tuple(sorted((rank, key) for key, rank in found.items())) for word, found in ranked.items() if word}
