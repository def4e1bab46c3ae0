"""Outlook's contacts as it writes them where it speaks German, French or Spanish."""

from __future__ import annotations

from desktop_crm.domain.errors import N_
from desktop_crm.domain.importing.shape import Shape

_GERMAN = (
    "vorname=contacts.first_name;weitere vornamen=contacts.middle_name;nachname=contacts.last_name;"
    "firma=customers.name;position=contacts.role;"
    "straße geschäftlich|straße geschäftlich 2|postfach geschäftlich=contacts.address;ort geschäftlich=contacts.city;"
    "region geschäftlich|bundesland/kanton geschäftlich=contacts.region;"
    "postleitzahl geschäftlich=contacts.postcode;land/region geschäftlich=contacts.country;"
    "straße privat|straße privat 2|postfach privat=contacts.address_2;ort privat=contacts.city_2;"
    "bundesland/kanton privat|region privat=contacts.region_2;postleitzahl privat=contacts.postcode_2;"
    "land/region privat=contacts.country_2;"
    "weitere straße|weitere straße 2|weiteres postfach=contacts.address_3;weiterer ort=contacts.city_3;"
    "weiteres/r bundesland/kanton=contacts.region_3;weitere postleitzahl=contacts.postcode_3;"
    "weiteres/e land/region=contacts.country_3;"
    "telefon geschäftlich|telefon (privat)|telefon privat|mobiltelefon|autotelefon|telefon firma|weiteres telefon|"
    "haupttelefon|rückmeldung|fax geschäftlich|fax privat|weiteres fax=contacts.phones;"
    "e-mail-adresse|e-mail 2: adresse|e-mail: adresse=contacts.emails;"
    "geburtstag=contacts.birthday;notizen=contacts.notes;kategorien|stichwörter=customers.tags;"
    "webseite=contacts.website;"
    "e-mail-typ|e-mail: typ|e-mail: angezeigter name|initialen|internet frei/gebucht|priorität|privat|vertraulichkeit|"
    "verzeichnisserver=-")
_FRENCH = (
    "prénom=contacts.first_name;deuxième prénom=contacts.middle_name;nom=contacts.last_name;"
    "société=customers.name;fonction|poste=contacts.role;"
    "rue (bureau)|adresse (bureau)|code postal 2 (bureau)|b.p. professionnelle=contacts.address;"
    "ville (bureau)=contacts.city;dép/région (bureau)|état/prov. (bureau)=contacts.region;"
    "code postal (bureau)=contacts.postcode;pays/région (bureau)|pays (bureau)=contacts.country;"
    "rue (domicile)|adresse (domicile)|b.p. domicile=contacts.address_2;ville (domicile)=contacts.city_2;"
    "dép/région (domicile)|état/prov. (domicile)=contacts.region_2;code postal (domicile)=contacts.postcode_2;"
    "pays/région (domicile)|pays (domicile)=contacts.country_2;"
    "rue (autre)|adresse (autre)=contacts.address_3;ville (autre)=contacts.city_3;dép/région (autre)=contacts.region_3;"
    "code postal (autre)=contacts.postcode_3;pays/région (autre)|pays (autre)=contacts.country_3;"
    "téléphone (bureau)|téléphone (domicile)|tél. mobile|téléphone mobile|téléphone (voiture)|téléphone société|"
    "téléphone (autre)|téléphone principal|tél société|rappel|télécopie (bureau)|télécopie (domicile)|"
    "télécopie (autre)=contacts.phones;"
    "adresse de messagerie|adresse e-mail=contacts.emails;"
    "anniversaire=contacts.birthday;notes=contacts.notes;catégories|mots clés=customers.tags;page web=contacts.website;"
    "type de messagerie|type e-mail|nom complet de l'adresse de messagerie|initiales|priorité|privé|"
    "critère de diffusion|"
    "disponibilité internet|serveur d'annuaire=-")
_SPANISH = (
    "nombre=contacts.first_name;segundo nombre=contacts.middle_name;apellidos|apellido=contacts.last_name;"
    "compañía|organización=customers.name;puesto|cargo=contacts.role;"
    "calle del trabajo|calle 2 del trabajo|apartado postal del trabajo=contacts.address;"
    "ciudad de trabajo|ciudad del trabajo=contacts.city;"
    "provincia o estado de trabajo|provincia o estado del trabajo=contacts.region;"
    "código postal del trabajo=contacts.postcode;país o región del trabajo=contacts.country;"
    "calle del domicilio|calle particular|calle 2 del domicilio=contacts.address_2;"
    "ciudad de residencia|ciudad del domicilio=contacts.city_2;"
    "provincia o estado de residencia|provincia o estado del domicilio=contacts.region_2;"
    "código postal de residencia|código postal del domicilio=contacts.postcode_2;"
    "país o región de residencia|país o región del domicilio=contacts.country_2;"
    "teléfono del trabajo|particular|móvil|teléfono móvil|teléfono del automóvil|otro teléfono|teléfono principal|"
    "teléfono principal de la compañía|número principal de la organización|devolución de llamada|fax del trabajo|"
    "fax particular|otro fax=contacts.phones;"
    "dirección de correo electrónico|dirección del correo electrónico=contacts.emails;"
    "cumpleaños=contacts.birthday;notas=contacts.notes;categorías|palabras clave=customers.tags;"
    "página web=contacts.website;"
    "tipo de correo electrónico|mostrar nombre de correo electrónico|iniciales|prioridad|privado|sensibilidad|"
    "internet, disponibilidad|servidor de directorio=-")

SHAPES = (
    Shape("outlook-de", N_("Outlook, contacts"), "contacts", "vorname;nachname",
          "telefon geschäftlich|mobiltelefon|straße geschäftlich|straße privat|ort geschäftlich|e-mail-typ|"
          "postleitzahl geschäftlich|land/region geschäftlich|vertraulichkeit|reisekilometer", 3, columns=_GERMAN),
    Shape("outlook-fr", N_("Outlook, contacts"), "contacts", "prénom;nom",
          "téléphone (bureau)|tél. mobile|rue (bureau)|rue (domicile)|ville (bureau)|code postal (bureau)|"
          "type de messagerie|adresse de messagerie|pays/région (bureau)|deuxième prénom", 3, columns=_FRENCH),
    Shape("outlook-es", N_("Outlook, contacts"), "contacts", "nombre;apellidos|apellido",
          "teléfono del trabajo|calle del trabajo|calle del domicilio|ciudad de trabajo|código postal del trabajo|"
          "tipo de correo electrónico|dirección de correo electrónico|país o región del trabajo|segundo nombre", 3,
          columns=_SPANISH),
)
