"""The headings of what else is known of people: messengers, further addresses, consent and refusal, language."""

from __future__ import annotations

FURTHER = {
    "whatsapp": "whatsapp|whatsapp number|whatsapp no|whatsapp phone number|wa|wa number|no whatsapp|nombor whatsapp|"
                "whatsapp 號碼|whatsapp 号码|numero ng whatsapp|whatsapp नम्बर|வாட்ஸ்அப்|வாட்ஸ்அப் எண்|whatsapp nummer",
    "line_id": "line|line id|line account|id line|akaun line|line 帳號|line 账号|賴|लाइन|லைன் ஐடி",
    "viber": "viber|viber number|viber no|no viber|nombor viber|viber 號碼|भाइबर|வைபர்",
    "telegram": "telegram|telegram id|telegram username|telegram account|akaun telegram|telegram 帳號|टेलिग्राम|டெலிகிராம்",
    "wechat": "wechat|wechat id|weixin|微信|微信號|微信号|akaun wechat|வீசாட்|वीच्याट",
    "facebook": "facebook|facebook page|facebook url|facebook profile|fb|fb page|messenger|facebook messenger|"
                "halaman facebook|臉書|脸书|粉絲專頁|फेसबुक|முகநூல்|pahina sa facebook",
    "address_2": "saaddressline|second address|"
                 "shipping address|shipping street|shipping address street|delivery address|"
                 "delivery street|ship to|ship to address|ship to street|other address|other street|alamat kedua|"
                 "alamat penghantaran|送貨地址|送货地址|收貨地址|收货地址|第二地址|ikalawang tirahan|"
                 "tirahan ng paghahatid|दोस्रो ठेगाना|डेलिभरी ठेगाना|இரண்டாம் முகவரி|விநியோக முகவரி|"
                 "alternate address|alternate address street|dirección de envío|adresse de livraison|lieferadresse",
    "label_2": "second address label|shipping label|label alamat kedua",
    "city_2": "alternate address city|sacity|shipping city|shipping address city|delivery city|ship to city|other city|"
              "bandar penghantaran|"
              "送貨城市|送货城市|lungsod ng paghahatid|डेलिभरी सहर|விநியோக நகரம்",
    "region_2": "shipping state|shipping state/province|shipping address state|delivery state|ship to state|"
                "other state|other state/province|alternate address state|saregion|negeri penghantaran|送貨縣市|"
                "lalawigan ng paghahatid|"
                "डेलिभरी प्रदेश|விநியோக மாநிலம்",
    "postcode_2": "alternate address postal code|sapostalcode|shipping code|shipping zip|shipping postal code|"
                  "shipping zip/postal code|shipping postcode|"
                  "shipping address postal code|delivery postcode|ship to postcode|ship to zip|other zip|"
                  "other postal code|other zip/postal code|poskod penghantaran|送貨郵遞區號|zip code ng paghahatid|"
                  "डेलिभरी हुलाक कोड|விநியோக அஞ்சல் குறியீடு",
    "country_2": "alternate address country|sacountry|shipping country|shipping address country|delivery country|"
                 "ship to country|other country|"
                 "other country/region|negara penghantaran|送貨國家|bansa ng paghahatid|डेलिभरी देश|விநியோக நாடு",
    "no_marketing": "no marketing|unsubscribed|unsubscribed from all email|unsubscribed from all emails|opted out|"
                    "opt out|opt out of email|email opt out|has opted out of email|email address is opted out|"
                    "opted out of email|do not email|do not mail|do not contact|marketing opt out|blacklisted|"
                    "is blacklisted|email blacklisted|tiada pemasaran|jangan hubungi|berhenti langgan|不要行銷|"
                    "不要营销|拒絕行銷|"
                    "已退訂|已退订|walang marketing|huwag mag-email|बजार प्रचार नगर्ने|सदस्यता रद्द|"
                    "விளம்பரம் வேண்டாம்|சந்தா விலகியவர்|no contactar|désabonné|abgemeldet",
    "consent": "consent|consent for|marketing consent|consent purpose|purpose of consent|newsletter|"
               "subscribed|opt in|opted in|email opt in|accepts marketing|accepts email marketing|gdpr consent|"
               "pdpa consent|persetujuan|persetujuan pemasaran|同意|行銷同意|营销同意|訂閱|订阅|pahintulot|"
               "सहमति|ஒப்புதல்|consentimiento|consentement|einwilligung",
    "consent_basis": "consent basis|basis of the consent|legal basis|lawful basis|basis for processing|"
                     "legal basis for processing contacts data|asas persetujuan|asas undang-undang|法律依據|"
                     "法律依据|同意依據|batayan ng pahintulot|सहमतिको आधार|ஒப்புதல் அடிப்படை|base legal|"
                     "base légale|rechtsgrundlage",
    "consent_on": "consent date|consent on|consent given on|date of consent|opt in date|opted in on|subscribed on|"
                  "gdpr consent date|tarikh persetujuan|同意日期|訂閱日期|订阅日期|petsa ng pahintulot|सहमति मिति|"
                  "ஒப்புதல் தேதி|fecha de consentimiento|date de consentement|einwilligung am",
    "consent_source": "consent source|source of consent|how the consent was given|opt in source|sumber persetujuan|"
                      "同意來源|同意来源|pinagmulan ng pahintulot|सहमतिको स्रोत|ஒப்புதல் மூலம்",
}
"""By field of a customer and of a contact; compared without case, accents, spaces and punctuation."""

OF_PHONE_BOOKS = {
    "address": "發票地址|发票地址|帳單地址|账单地址|"
               "jalan perniagaan|alamat perniagaan|alamat pejabat|alamat kedai|alamat surat menyurat|alamat rumah|"
               "商務 - 街|商務地址|商务地址 街道|公司地址|住家地址|住宅地址|straße geschäftlich|rue (bureau)",
    "city": "bandar perniagaan|商務 - 市/鎮|商务地址 市/县|ort geschäftlich|ville (bureau)",
    "region": "negeri perniagaan|商務 - 縣/市|商务地址 省/市/自治区|region geschäftlich|bundesland geschäftlich",
    "postcode": "address zip|"
                "poskod perniagaan|商務 - 郵遞區號|商务地址 邮政编码|postleitzahl geschäftlich|code postal (bureau)",
    "country": "negara perniagaan|negara/rantau perniagaan|商務 - 國家/地區|商务地址 国家/地区|"
               "land/region geschäftlich|pays/région (bureau)",
    "address_2": "jalan rumah|住家 - 街|住宅地址 街道|straße privat|rue (domicile)",
    "city_2": "bandar rumah|住家 - 市/鎮|住宅地址 市/县|ort privat|ville (domicile)",
    "region_2": "negeri rumah|住家 - 縣/市|住宅地址 省/市/自治区|region privat|bundesland privat",
    "postcode_2": "poskod rumah|住家 - 郵遞區號|住宅地址 邮政编码|postleitzahl privat|code postal (domicile)",
    "country_2": "negara rumah|negara/rantau rumah|住家 - 國家/地區|住宅地址 国家/地区|land/region privat|"
                 "pays/région (domicile)",
    "middle_name": "中間名|中间名|weitere vornamen",
    "last_name": "nama akhir",
    "emails": "alamat e-mel|電子郵件地址|电子邮件地址",
    "phones": "telefon perniagaan|telefon rumah|商務電話|商务电话|住家電話|住宅电话|移动电话|mobiltelefon|"
              "telefon geschäftlich|téléphone mobile|fax|faks|傳真|传真|फ्याक्स|தொலைநகல்|numero",
    "notes": "附注",
}
"""As Outlook and shops write them in Malay, Chinese, German and French; the address of the shop before that at home."""

OF_CUSTOMERS = {
    "invoice_title": "invoice title|發票抬頭|抬頭|发票抬头|抬头",
    "company": "单位|單位", "tags": "kategorien",
    "language": "language|preferred language|language of their papers|correspondence language|lang|bahasa|"
                "bahasa pilihan|語言|语言|偏好語言|wika|gustong wika|भाषा|மொழி|விருப்ப மொழி|idioma|langue|sprache",
}
"""What customers alone have."""

OF_CONTACTS = {"customer": "单位|單位", "role": "职务|職務|abteilung"}
"""What contacts alone have."""
