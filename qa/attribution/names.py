"""Given names of men, of women and of either, in lower case: the common ones in English-language news.

They tell "Lindsey Graham" from "Grand Rapids", and whom "she" can mean. What this module does not know: everybody else;
a name that is not here is no evidence against anything.
"""

from __future__ import annotations

from qa.text import fold

__all__ = ["EITHER_NAMES", "FEMALE_NAMES", "GIVEN_NAMES", "MALE_NAMES", "are_alike", "gender_of_name"]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


MALE_NAMES = _words(
    """
    aaron abdel abdul abdullah abe abraham adam adolf adrian ahmad ahmed aidan aiden akira al alan alastair
    albert alberto alejandro alexander alexandre alexei alfie alfonso alfred ali alistair allan allen alonzo
    amir amit ammar anders andre andreas andres andrew andrey andriy andrzej andy angus anil anthony antoine
    anton antonin antonio antony archie arjun armando arnold aron arthur arturo asher ashok asif austin axel
    barack barney barry bart bashar ben benedict benito benjamin benny bernard bernhard bernie bert bertrand
    bill billy bjorn bob bobby boris boyd brad bradley brady brandon brayden brendan brendon brent bret brett
    brian brody bruce bruno bryan bryce byron cade caleb callum calvin carl carlos cecil cedric cesar chad
    charles charlie chase chester chip christian christoph christophe christopher chuck clarence clark claude
    claudio clayton cliff clifford clint clive clyde cody colin colton conor conrad cooper corey cornelius craig
    curt curtis cyril dale damian damien damon dan daniel danny darius darrell darren daryl dave david dean
    declan deepak denis dennis denzel derek derrick desmond devin dexter diego dieter dietmar dimitri dinesh
    dirk dmitri dmitriy dmitry dmytro dominic dominik don donald dong donovan doug douglas drew duncan dustin
    dwayne dwight dylan earl easton ebrahim ed eddie edgar edgardo eduard eduardo edward edwin efrain elias
    elijah elliot elliott elmer elon elvis emanuel emil emmanuel emmett enoch enrico enrique eric erich erik
    ernest ernesto ernie ernst ethan eugene evan evgeny ezekiel fabian farid felipe felix ferdinand fergus
    fernando fidel finn fletcher floyd forrest francesco francis francisco francois frank franklin franz fred
    freddie freddy frederick friedrich fumio gabriel gareth garrett garry gary gavin gene geoff geoffrey george
    georges gerald gerard gerhard gerhardt gideon gilbert gilberto giles giorgio giovanni giuseppe glen glenn
    gordon grady graham granville grayson greg gregory guido guillermo gunter gustav gustavo guy hadi hakeem
    hamid hamish hank hans harish harold harrison harry harvey hassan hayden hector heinrich heinz helmut henri
    henrik henry herb herbert herman hideo hiroshi horace horatio hosni howard howie hubert hudson hugh hugo
    humphrey hunter hussein ian ibrahim igor imran irving irwin isaac isaiah isidore ismail ivan ivo jack
    jackson jacob jacques jaime jair jake jakob jamal james jan jared jarrod jason jasper javier javon jay jeb
    jed jeff jeffery jeffrey jens jeremiah jeremy jermaine jerome jerry jesse jesus jett jim jimmy jiri joachim
    joao joaquin joe joel johan johann johannes john johnny jon jonah jonas jonathan jonathon jorge jose josef
    joseph josh joshua josiah juan jude julian julio julius jurgen justin kareem karim karl kazuo keegan keenan
    keir keiran keith kellan kelvin ken kendrick kenji kenneth kenny kermit kevin khalid khizr kieran kirk klaus
    kofi konrad konstantin kurt kurtis kyle kyler laloo lamar lance larry lars laszlo laurence lawrence leandro
    lech leland len lenny leo leon leonard leonardo leonid leopold leroy lester levi liam lindsey linus lionel
    lloyd lorenzo lou louis lowell luca lucas luis luiz luke luther lyle lyndon mahmoud malcolm malik manfred
    manuel marc marcel marco marcos marcus mario marius mark marlon marshall martin martino marty marvin massimo
    mateusz mathew matias matt matteo matthew matthias maurice mauricio mauro max maxim maximilian maynard
    mehmet mel mervyn michael michel mick miguel mikael mike mikhail miles milton mitch mitchell mitt mohamed
    mohammad mohammed mohan muammar muhammad muhammadu mustafa naci naftali narendra nathan nathaniel nayib neal
    ned neil nelson newt nicholas nick nicola nicolas nicolo nigel nikolai noah noam noel nolan norbert norman
    odell olaf oleg oliver olivier omar omer omid orlando orson orville osama oscar oskar osman otto owen pablo
    paolo pascal pascual pat patrick paul pavel pedro percy perry pete peter petr petro phil philip philippe
    phillip pierre piotr prakash pranav preston qasem quentin rafael rahm raj rajesh rajiv ralph ramesh ramon
    rand randall randy rashid raul ravi ray raymond recep reggie reginald reince reinhard rene reuben rex rhys
    ricardo richard rick ricky rico rishi rob robbie robby robert roberto rocco rod roderick rodney rodrigo
    roger rohan roland rolf roman romeo ron ronald ronnie rory roscoe ross roy rudolf rudolph rudy rufus rupert
    rush russ russell ryan saddam salman salvador salvatore sameer samir samuel sanjay sanjeev santiago satoshi
    saul scott seamus sean sebastian serge sergei sergey sergio seth shane shaun sheldon shigeru shinzo sidney
    silas silvio simon spencer stan stanley stefan stefano stephan stephen steve steven stewart stig stuart
    sunil sven syed sylvester tad takashi takeshi tariq taylan tayyip ted terence terrance terrell terrence
    thaddeus theo theodore thomas thorsten tim timothy tobias tobin toby todd tom tomas tomasz tommy tony travis
    trent trevor trey tristan tyler tyrone uhuru ulrich umberto uwe vaclav vernon vicente victor vijay vikram
    viktor vince vincent vincenzo virgil vitali vladimir volodymyr wade walt walter warren warwick wayland wayne
    wendell werner wesley wilbur wilfred wilhelm will willem william willie winfield winston wolfgang woodrow
    wyatt xavier yair yakov yasir yasser yitzhak yosef yoweri yuri yusuf yves zach zachary zane zbigniew zeke
    """
)
FEMALE_NAMES = _words(
    """
    abby abigail ada adelaide adele adeline adriana agatha agnes agnieszka aida aileen aimee aina aisha akiko
    alana alanna alba alejandra alessandra alexa alexandra alexandria alexis alice alicia alina alison allison
    alma alyssa amalia amanda amara amber amelia amina amy ana anais anastasia andie andrea angela angelica
    angelina angelique angie anika anita anja anjali ann anna annabel annalise annamaria anne annegret annemarie
    annette annie antoinette antonia april arabella aria ariana arianna arlene arlette ashley astrid athena
    aubrey audrey ayesha barbara beata beatrice beatrix becky belinda benazir berenice bernadette bernadine
    bernice bertha bertie beth bethany betsy bette betty beverly bianca birgit bonita bonnie brenda brianna
    bridget brigid brigitte britta brittany bronwyn bryony caitlin calista callie camila camilla camille candace
    candice cara carina carla carlotta carly carmel carmela carmen carol carole carolina caroline carolyn carrie
    cassandra cassidy catalina catherine cathy cecile cecilia cecily celeste celia celine chandra chantal
    charlene charlotte chelsea cheryl chiara chloe christa christiana christina christine cindy claire clara
    clare claudette claudia claudine clementine cleo colleen condoleezza connie constance consuela consuelo cora
    cordelia corinna corinne corrine courtney cristina crystal cynthia dagmar dahlia daisy damaris daniela
    daniella danielle daphne darla darlene davina dawn deanna debbie deborah debra deirdre delia delilah delores
    denise desiree diana diane dianne dina dinah dolores donna dora doris dorothea dorothy dottie dulce ebony
    edith edna eileen elaine eleanor eleanora elena elinor elisabeth elise eliza elizabeth ella ellen elodie
    elsa elsie elspeth elvira emilia emilie emily emma emmanuelle emmeline enid erica erika erin ernestine esme
    esmeralda esperanza estelle esther ethel eugenia eunice eva evangeline eve evelina evelyn evie fabiola faith
    fanny farrah fatima fay faye felicia felicity filomena fiona fleur flora florence fran frances francesca
    francine franziska freda freya frida frieda gabriela gabriele gabrielle gail gemma genevieve georgette
    georgia georgie georgina geraldine gerda germaine gertrude ghazala gillian gina ginger ginny giorgia
    giovanna gisela giselle giulia gladys glenda gloria glynis grace gracie greta gretchen gretel griselda
    guadalupe gudrun guinevere gwen gwendolyn gwyneth haley hanna hannah harriet hattie hayley heather heidi
    helen helena helene helga heloise henrietta henriette hermione hester hilary hilda hillary honoria hope huma
    ida ilana ilene ilona ilse imani imelda imogen ines ingeborg ingrid iona irena irene irina iris irma irmgard
    isabel isabella isadora isla isolde ivana ivanka izzy jacinta jacqueline jada jamila jana jane janelle janet
    janette janice janie janine janis jasmin jasmine jayne jeanette jeanne jeannette jemima jenna jennie
    jennifer jenny jessica jill joan joanie joann joanna joanne jocelyn jodie joelle johanna jolene josefina
    josephine josette josie jovita joy joyce juana juanita judith judy julia juliana julianne julie juliet
    juliette june junko justine kaitlyn kamala kara kareena karen karin karina karla karolina katarina kate
    katelyn katharina katharine katherine kathie kathleen kathrin kathryn kathy katia katie katrin katrina katya
    kay kayla kayleigh keiko keisha kellie kellyanne kelsie kendra keren kerstin kiara kimberly kirsten kirstie
    kitty klara kristen kristi kristin kristina kristine krystal kylie lacey lara larissa latoya laura laurel
    lauren laurie lavinia layla leah leanne leila lena leonie leonora leslee leta leticia libby lidia liesel
    lila lilia lilian lillian lilly lily lina linda lindsay linnea lisa lisbeth liv livia liz liza lois lola
    lorelei lorena loretta lori lorna lorraine lottie louisa louise lourdes lucia lucille lucinda lucy ludmila
    luisa lydia lynne lyra mabel maddie madeleine madeline madge madison mae magdalena maggie maia maisie malala
    malia mallory mamie mandy manuela mara marcela marcia marcie margaret margarita margery margot maria mariana
    marianne maribel maricel marie mariel mariela marilla marilyn marina marine marisol marissa marjorie marla
    marlena marlene marnie marsha marta martha martina mary maryam matilda matilde maud maude maureen mavis
    maxine maya meera megan meghan megyn mehbooba melania melanie melinda melissa melody mercedes meredith meryl
    mia michaela michele michelle mika mila mildred millicent millie mimi mindy minerva minnie minyon mirabel
    miranda mireille miriam mitzi moira mollie molly mona monica monika monique muriel mya myra myrna nadia
    nadine nancy nanette naomi natalia natalie natalya natasha neera nell nellie nerys nettie ngozi nia nichole
    nicole nigella nikita nikki nina noelle nola nora noreen norma nuala nyla octavia odette ofelia olena olga
    olive olivia olympia oona ophelia oprah paige pam pamela paola parvati patrice patricia patsy patti patty
    paula pauletta paulina pauline pearl peggy penelope penny petra philippa philomena phoebe phyllis pia pilar
    pippa polly priscilla priya queenie quinta rachael rachel raisa ramona raquel reba rebecca rebekah regina
    reina renata renate renee rhea rhiannon rhoda rhonda rina rita roberta robina rochelle romola rosa rosalia
    rosalie rosalind rosalynn rosanna rosanne rose roseanne roselyn rosemarie rosemary rosie rosita rowena
    roxana roxane roxy ruby ruth sabine sabrina sadie safiya sally salma samantha sandra sandrine sangeeta sara
    sarah saskia scarlett selena selina selma serena shakira shana shania shanna shannon sharon sheila shelley
    sherri sherry sheryl shirin shirley shreya sigrid silvia simona simone sinead siobhan sofia sonali sonam
    sonia sonja sonya sookie sophia sophie soraya stacey stella stephania stephanie sue sunita susan susana
    susanna susannah susanne susie suzanne suzie suzy svetlana sybil sylvia sylvie tabitha tallulah tamara tammy
    tania tanya tara taryn tasha tatiana tatyana tawny teresa tess tessa thea thelma theresa therese tia tiffany
    tilda tilly tina tonya trina trisha trudi trudy tyra uma ursula uschi valentina valeria valerie valery
    vanessa vanita velma vera verity verna veronica vicki vicky victoria viola violet virginia viv vivian
    viviane vivien wanda wendi wendy wilhelmina wilhelmine willa wilma winifred wynona xenia xiomara yael yasmin
    yasmine yoko yolanda yulia yvette yvonna yvonne zainab zara zelda zena zoe zoey zofia zora zuzana
    """
)
EITHER_NAMES = _words(
    """
    adrienne alex ariel ashton avery blair blake bobbie brook brooke cameron carey carmine casey chandler chris cory
    courtland dana dominique drew dylan eli francoise gerry jackie jaden jamie jean jess jessie jo jody jordan jules
    kai kelley kelly kelsey kendall kerry kim kit kris lane lee leigh leslie lindy logan loren lynn mackenzie marion
    marley marlin mckinley meredyth mo morgan nicky nour parker pat paz peyton quinn reed regan reese riley robin
    robyn rowan sacha sam sandy sasha sawyer shelby sidney skyler stacy sydney taylor terry toni tracey tracy val
    wen whitney
    """
)
GIVEN_NAMES = MALE_NAMES | FEMALE_NAMES | EITHER_NAMES

# What nobody would guess from the letters; "Ken" is short for "Kenneth" anyway.
_SHORT = {
    "bill": "william",
    "bob": "robert",
    "bobby": "robert",
    "dick": "richard",
    "jack": "john",
    "jim": "james",
    "jimmy": "james",
    "joe": "joseph",
    "kate": "katherine",
    "liz": "elizabeth",
    "mike": "michael",
    "ted": "edward",
    "tom": "thomas",
    "tony": "anthony",
}
_SHORTEST = 3


def are_alike(one: str, other: str) -> bool:
    """Say whether two given names, folded, can be one person's: "Ken" and "Kenneth", but not "Ivan" and "Ivana"."""
    if one == other or _SHORT.get(one) == other or _SHORT.get(other) == one:
        return True
    short, long = sorted((one, other), key=len)
    apart = (one in MALE_NAMES and other in FEMALE_NAMES) or (one in FEMALE_NAMES and other in MALE_NAMES)
    return len(short) >= _SHORTEST and long.startswith(short) and not apart and long in GIVEN_NAMES


def gender_of_name(name: str) -> str | None:
    """Say "m" or "f" of a person by their given name; None where it does not tell, or there is none."""
    words = fold(name).split()
    if len(words) < 2:
        return None
    return "m" if words[0] in MALE_NAMES else "f" if words[0] in FEMALE_NAMES else None
